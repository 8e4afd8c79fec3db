package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    @Test
    void givesEachOctetOnceAndInOrder() throws Exception {
        byte[] octets = new byte[5_000_000];
        new Random(1).nextBytes(octets);
        for (int limit : new int[] {1, 1000, 1 << 21, 1 << 26}) {
            int length = limit == 1 ? 10_000 : octets.length;
            InputStream in = new ByteArrayInputStream(octets, 0, length);
            try (ReadAhead ahead = new ReadAhead(in, limit, "test")) {
                assertThat(ahead.readAllBytes()).isEqualTo(java.util.Arrays.copyOf(octets, length));
                assertThat(ahead.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void takesAwayUpToItsLimitBeforeAnyoneReads() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        try (ReadAhead ahead = new ReadAhead(new PipedInputStream(out, 1000), 3_000_000, "test")) {
            out.write(new byte[3_000_000]); // returns though nobody reads
            while (ahead.available() < 3_000_000) {
                Thread.onSpinWait();
            }
            out.close();
            assertThat(ahead.readAllBytes()).hasSize(3_000_000);
        }
    }

    @Test
    void whatFailsFailsBehindWhatCame() throws Exception {
        InputStream in = new InputStream() {
            private int left = 10;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("gone");
                }
                return 7;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                to[offset] = (byte) read();
                return 1;
            }
        };
        try (ReadAhead ahead = new ReadAhead(in, 100, "test")) {
            assertThat(ahead.readNBytes(10)).containsOnly(7);
            assertThatThrownBy(ahead::read).hasMessage("gone");
        }
    }
}
