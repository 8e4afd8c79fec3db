package tcpflowcheck.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HolesTest {
    private static final int BASE = -500;

    @Test
    void countsWhatIsMissing() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Holes holes = new Holes();
            BitSet missing = new BitSet();
            int next = 0;
            for (int step = 0; step < 12; step++) {
                int length = 1 + random.nextInt(50);
                if (random.nextBoolean()) {
                    int gap = 1 + random.nextInt(40);
                    holes.open(BASE + next, BASE + next + gap);
                    missing.set(next, next + gap);
                    next += gap + length;
                } else if (next > 0) {
                    int begin = random.nextInt(next);
                    int end = Math.min(next, begin + length);
                    holes.fill(BASE + begin, BASE + end);
                    missing.clear(begin, end);
                }
                assertThat(holes.octets()).as("seed %s, step %s", seed, step).isEqualTo(missing.cardinality());
            }
        }
    }

    @Test
    void theOldestAreOnlyCounted() {
        Holes holes = new Holes();
        for (int i = 0; i < 100; i++) {
            holes.open(20 * i, 20 * i + 10);
        }
        assertThat(holes.octets()).isEqualTo(1000);
        holes.fill(0, 10);
        assertThat(holes.octets()).isEqualTo(1000);
        holes.fill(20 * 99, 20 * 99 + 10);
        assertThat(holes.octets()).isEqualTo(990);
    }
}
