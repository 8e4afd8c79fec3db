package tcpflowcheck.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pcap file of Ethernet frames that is being written, with a clock that its user moves. */
final class PcapFile implements AutoCloseable {
    private static final long START = 1_700_000_000_000_000L;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    private long micros = START;
    private long frames;

    PcapFile(Path path) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20);
        header.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(1);
        out.write(header.array());
    }

    void wait(int micros) {
        this.micros += micros;
    }

    long millis() {
        return (micros - START) / 1000;
    }

    long frames() {
        return frames;
    }

    void write(byte[] frame, int length) throws IOException {
        header.clear();
        header.putInt((int) (micros / 1_000_000))
                .putInt((int) (micros % 1_000_000))
                .putInt(length)
                .putInt(length);
        out.write(header.array(), 0, 16);
        out.write(frame, 0, length);
        frames++;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
