package tcpflowcheck.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

/** An object on its way among blocks. */
final class Packed {
    private Packed() {}

    static byte[] of(Object object) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
            out.writeObject(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }

    static <T> T read(byte[] octets, Class<T> type) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(octets))) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
