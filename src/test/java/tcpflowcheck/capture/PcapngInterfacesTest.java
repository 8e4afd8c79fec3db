package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcapngInterfacesTest {
    private static final long SEED = 9293;
    private static final long[] EDGES = {
        0, 1, 999, 1000, 1_000_000_000, Long.MAX_VALUE / 1000, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, -1
    };

    private static long nanos(int resolution, long offset, long units) {
        PcapngInterfaces interfaces = new PcapngInterfaces();
        interfaces.add(1, 0);
        interfaces.resolution(resolution);
        interfaces.offset(offset);
        return interfaces.nanos(0, units);
    }

    /** The same with numbers that have no bounds. */
    private static long exactly(int resolution, long offset, long units) {
        BigInteger second = BigInteger.valueOf(1_000_000_000);
        BigInteger perSecond =
                (resolution & 0x80) != 0 ? BigInteger.TWO.pow(resolution & 0x7f) : BigInteger.TEN.pow(resolution);
        BigInteger nanos = new BigInteger(Long.toUnsignedString(units))
                .multiply(second)
                .divide(perSecond)
                .add(BigInteger.valueOf(offset).multiply(second));
        return nanos.max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    @Test
    void everyResolutionIsExactOrTheNearest() {
        Random random = new Random(SEED);
        for (int resolution = 0; resolution < 256; resolution++) {
            for (long units : EDGES) {
                assertExact(resolution, 0, units);
                assertExact(resolution, 1, units);
                assertExact(resolution, -1, units);
            }
            for (int i = 0; i < 500; i++) {
                long units = random.nextLong() >>> random.nextInt(64);
                assertExact(resolution, 0, units);
                assertExact(resolution, random.nextInt(), units);
            }
        }
    }

    private static void assertExact(int resolution, long offset, long units) {
        // Seconds past 2^63 stay the latest time whatever is taken off them.
        boolean pastAnyOffset = units < 0 && (resolution == 0 || resolution == 0x80);
        assertThat(nanos(resolution, offset, units))
                .as("resolution %02x, offset %d, units %s", resolution, offset, Long.toUnsignedString(units))
                .isEqualTo(pastAnyOffset ? Long.MAX_VALUE : exactly(resolution, offset, units));
    }

    @Test
    void timesOutOfRangeAreTheNearest() {
        assertThat(nanos(0, 0, -1)).isEqualTo(Long.MAX_VALUE);
        assertThat(nanos(0, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(nanos(9, Long.MIN_VALUE, 5)).isEqualTo(Long.MIN_VALUE);
        assertThat(nanos(0xff, Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(nanos(0x7f, 0, -1)).isZero();
    }

    @Test
    void ticksSinceTheYearOneComeToTheEpoch() {
        long epoch = 62_135_596_800L;
        assertThat(nanos(7, -epoch, (epoch + 1_700_000_000L) * 10_000_000 + 1)).isEqualTo(1_700_000_000_000_000_100L);
    }
}
