package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void everyOctetArrivesInOrder() throws IOException {
        Random random = new Random(7);
        ByteArrayOutputStream below = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(below);
        int[] lengths = {0, 1, 65_535, 1, 65_536, 65_537, 3, 200_000, 65_536, 65_535, 2};
        for (int length : lengths) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            out.write(octets, 0, length);
            out.write(length);
            expected.write(octets);
            expected.write(length);
        }
        out.flush();
        assertThat(below.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void smallWritesWaitForTheFlush() throws IOException {
        ByteArrayOutputStream below = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(below);
        out.write(new byte[1000]);
        assertThat(below.size()).isZero();
        out.flush();
        assertThat(below.size()).isEqualTo(1000);
    }

    @Test
    void theFirstFailureIsThrownAgainAndNothingIsWrittenAfterIt() {
        class Below extends OutputStream {
            int calls;

            @Override
            public void write(int octet) throws IOException {
                calls++;
                throw new IOException("failure " + calls);
            }
        }
        Below below = new Below();
        StandardOutput out = new StandardOutput(below);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> out.write(new byte[100_000])).hasMessage("failure 1");
            assertThatThrownBy(out::flush).hasMessage("failure 1");
        }
        assertThat(below.calls).isEqualTo(1);
        assertThat(out.failure()).hasMessage("failure 1");
        assertThat(out.readerWentAway()).isFalse();
    }
}
