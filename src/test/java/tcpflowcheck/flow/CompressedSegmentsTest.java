package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.wire.PackedSegment;

/** What is put in comes out, whatever it is, and whichever flows were put in and freed meanwhile. */
class CompressedSegmentsTest {
    private static final int MOST = 24 * PackedSegment.MOST;

    private final CompressedSegments compressed = new CompressedSegments(MOST);
    private final long[] read = new long[MOST];

    private record Kept(int first, int count, List<Long> packed) {}

    /** @param bits of each long that may differ from those of the segment before */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 20, 33, 64})
    void comesOutAsItWentIn(int bits) {
        Random random = new Random(bits);
        List<Kept> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            all.add(keep(random, bits));
            if (random.nextBoolean()) {
                Collections.swap(all, random.nextInt(all.size()), all.size() - 1);
                compressed.free(all.remove(all.size() - 1).first);
            }
        }
        assertThat(all).hasSizeGreaterThan(500).allSatisfy(this::isThere);
    }

    private Kept keep(Random random, int bits) {
        int count = 1 + random.nextInt(24);
        long[] packed = new long[MOST];
        int longs = 0;
        int before = 0;
        for (int i = 0; i < count; i++) {
            int size = PackedSegment.LEAST + random.nextInt(PackedSegment.MOST - PackedSegment.LEAST + 1);
            for (int at = 0; at < size; at++) {
                long mask = bits == 0 ? 0 : -1L >>> (64 - bits) << random.nextInt(65 - bits);
                packed[longs + at] = (i == 0 ? random.nextLong() : packed[before + at]) ^ (random.nextLong() & mask);
            }
            int owners = longs + PackedSegment.OWNERS;
            packed[owners] = packed[owners] >>> 32 << 32 | size;
            before = longs;
            longs += size;
        }
        List<Long> whole = Arrays.stream(packed, 0, longs).boxed().toList();
        return new Kept(compressed.add(packed, longs), count, whole);
    }

    private void isThere(Kept kept) {
        int longs = compressed.read(kept.first, kept.count, read);
        assertThat(Arrays.stream(read, 0, longs).boxed().toList()).isEqualTo(kept.packed);
        assertThat(compressed.time(kept.first)).isEqualTo(kept.packed.get(0));
    }
}
