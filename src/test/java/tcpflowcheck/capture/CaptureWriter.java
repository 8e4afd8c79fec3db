package tcpflowcheck.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes packets as a capture of one variant. {@link #variants} lists those that any reader must take for the same. */
public interface CaptureWriter {
    byte[] write(List<CapturedPacket> packets);

    /** The finest time that the variant can say, in nanoseconds; finer times are cut. */
    int nanosPerUnit();

    /** Whether packets of one capture may have different link types. */
    boolean mixesLinkTypes();

    default Path write(List<CapturedPacket> packets, Path file) throws IOException {
        return Files.write(file, write(packets));
    }

    /** Every variant of both formats, each with a name to print. */
    static List<CaptureWriter> variants() {
        List<CaptureWriter> variants = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int magic :
                    new int[] {PcapReader.MAGIC_MICROSECONDS, PcapReader.MAGIC_NANOSECONDS, PcapReader.MAGIC_KUZNETZOV
                    }) {
                for (int minor : new int[] {2, 3, 4}) {
                    variants.add(new PcapWriter(order, magic, 2, minor));
                }
            }
            for (int resolution : new int[] {6, 9, 0x80 | 30}) {
                variants.add(new PcapngWriter(order, resolution, PcapngReader.ENHANCED_PACKET));
            }
            variants.add(new PcapngWriter(order, 6, PcapngReader.OBSOLETE_PACKET));
        }
        return variants;
    }
}
