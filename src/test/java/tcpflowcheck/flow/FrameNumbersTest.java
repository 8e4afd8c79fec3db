package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is put in comes out, whichever flows were put in and freed meanwhile. */
class FrameNumbersTest {
    private static final int MOST = 24;

    private final FrameNumbers kept = new FrameNumbers(MOST);

    private record Flow(int first, long time, List<Long> numbers) {}

    @Test
    void comesOutAsItWentIn() {
        Random random = new Random(1);
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            flows.add(add(random));
            if (random.nextInt(3) == 0) {
                kept.free(flows.remove(random.nextInt(flows.size())).first);
            }
        }
        assertThat(flows).hasSizeGreaterThan(3000).allSatisfy(flow -> {
            long[] numbers = new long[MOST];
            kept.read(flow.first, flow.numbers.size(), numbers);
            assertThat(Arrays.stream(numbers, 0, flow.numbers.size()).boxed().toList())
                    .isEqualTo(flow.numbers);
            assertThat(kept.time(flow.first)).isEqualTo(flow.time);
        });
    }

    /** Mostly a few frames apart; also many, back, and as far as there are frames. */
    private Flow add(Random random) {
        int count = 1 + random.nextInt(MOST);
        long[] numbers = new long[MOST];
        long number = random.nextLong() >>> (24 + random.nextInt(40));
        for (int i = 0; i < count; i++) {
            numbers[i] = number;
            long step = random.nextInt(8) == 0 ? random.nextLong() >> 25 : 1 + random.nextInt(5000);
            number = Math.max(1, number + step) & (1L << 40) - 1;
        }
        long time = random.nextLong();
        List<Long> whole = Arrays.stream(numbers, 0, count).boxed().toList();
        return new Flow(kept.add(time, numbers, count), time, whole);
    }
}
