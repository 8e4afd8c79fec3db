package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureAllocationTest {
    private static final int FRAMES = 1_000_000;
    private static final int BATCH = 100;

    static List<CaptureWriter> variants() {
        return CaptureWriter.variants();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void nothingIsAllocatedPerFrame(CaptureWriter writer) throws Exception {
        CapturedPacket packet = new CapturedPacket(1_700_000_000_000_000_000L, LinkType.EN10MB.number(), new byte[61]);
        byte[] octets = writer.write(Collections.nCopies(BATCH, packet));
        int first = writer.write(List.of(packet)).length;
        int last = first - (octets.length - first) / (BATCH - 1);
        // The compiler may allocate once when it throws code away; what a frame allocates shows in every round.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4 && least > 0; round++) {
            least = Math.min(least, allocated(CaptureFile.read("x", new Repeated(octets, last, FRAMES / BATCH))));
        }
        assertThat(least).isZero();
    }

    private static long allocated(FrameSource source) throws CaptureException {
        Frame frame = new Frame();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(source, frame);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(frame.number()).isEqualTo(FRAMES);
        return allocated;
    }

    private static void read(FrameSource source, Frame frame) throws CaptureException {
        while (source.next(frame)) {
            if (frame.capturedLength() != 61) {
                throw new AssertionError("frame " + frame.number() + " has " + frame.capturedLength() + " octets");
            }
        }
    }

    /** The octets once, then those from {@code from} on again and again. */
    private static final class Repeated extends InputStream {
        private final byte[] octets;
        private final int from;
        private int left;
        private int at;

        Repeated(byte[] octets, int from, int times) {
            this.octets = Arrays.copyOf(octets, octets.length);
            this.from = from;
            this.left = times;
        }

        @Override
        public int read() {
            throw new AssertionError("octet by octet is slow");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == octets.length) {
                left--;
                at = from;
            }
            if (left == 0) {
                return -1;
            }
            int read = Math.min(length, octets.length - at);
            System.arraycopy(octets, at, into, offset, read);
            at += read;
            return read;
        }
    }
}
