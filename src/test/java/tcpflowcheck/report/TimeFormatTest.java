package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import tcpflowcheck.report.TimeFormat.Style;

class TimeFormatTest {
    /** 2023-11-14 22:13:20.123456789 UTC. */
    private static final long TIME = 1_700_000_000_123_456_789L;

    private static final long SECOND = 1_000_000_000L;

    /** 1900: Java's zones know nothing of local mean times before it. */
    private static final long FIRST = -2_208_988_800L * SECOND;

    @Test
    void stylesAsTcpdumpHasThem() {
        assertThat(text(Style.TIME_OF_DAY, false, TIME)).isEqualTo("22:13:20.123456 ");
        assertThat(text(Style.TIME_OF_DAY, true, TIME)).isEqualTo("22:13:20.123456789 ");
        assertThat(text(Style.NONE, false, TIME)).isEmpty();
        assertThat(text(Style.EPOCH, false, TIME)).isEqualTo("1700000000.123456 ");
        assertThat(text(Style.EPOCH, true, TIME)).isEqualTo("1700000000.123456789 ");
        assertThat(text(Style.DATE_AND_TIME, false, TIME)).isEqualTo("2023-11-14 22:13:20.123456 ");
        assertThat(text(Style.SINCE_PREVIOUS, false, TIME)).isEqualTo(" 00:00:00.000000 ");
        assertThat(text(Style.SINCE_FIRST, true, TIME)).isEqualTo(" 00:00:00.000000000 ");
    }

    @Test
    void sincePreviousComparesWithTheLineBefore() {
        assertThat(text(Style.SINCE_PREVIOUS, false, TIME, TIME + 1_500_000, TIME - SECOND, TIME + 90_061 * SECOND))
                .isEqualTo(" 00:00:00.000000  00:00:00.001500 -00:00:01.001500  01:01:02.000000 ");
    }

    @Test
    void sinceFirstComparesWithTheFirstLine() {
        assertThat(text(Style.SINCE_FIRST, false, TIME, TIME + 1_500_000, TIME - SECOND, TIME + 90_061 * SECOND))
                .isEqualTo(" 00:00:00.000000  00:00:00.001500 -00:00:01.000000  01:01:01.000000 ");
    }

    @Test
    void differencesAreTakenBetweenCutMicroseconds() {
        assertThat(text(Style.SINCE_PREVIOUS, false, 999 + SECOND, 1_000 + SECOND))
                .endsWith(" 00:00:00.000001 ");
        assertThat(text(Style.SINCE_PREVIOUS, true, 999 + SECOND, 1_000 + SECOND))
                .endsWith(" 00:00:00.000000001 ");
    }

    @Test
    void localTimeFollowsTheZone() {
        TimeZone newYork = TimeZone.getTimeZone("America/New_York");
        long spring = Instant.parse("2024-03-10T07:00:00Z").getEpochSecond() * SECOND;

        assertThat(text(Style.DATE_AND_TIME, false, newYork, spring - 1, spring, spring - 1))
                .isEqualTo("2024-03-10 01:59:59.999999 2024-03-10 03:00:00.000000 2024-03-10 01:59:59.999999 ");
    }

    @Test
    void everyDateIsTheCalendars() {
        long seed = 11;
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of("Australia/Lord_Howe");
        DateTimeFormatter expected = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS ");
        TimeFormat format = new TimeFormat(Style.DATE_AND_TIME, true, TimeZone.getTimeZone(zone));
        TextBuffer out = new TextBuffer();
        for (int i = 0; i < 20_000; i++) {
            long time = i % 2 == 0 ? random.nextLong(FIRST, Long.MAX_VALUE) : random.nextLong() >>> 2;
            ZonedDateTime local = Instant.ofEpochSecond(Math.floorDiv(time, SECOND), Math.floorMod(time, SECOND))
                    .atZone(zone);
            out.clear();
            format.append(out, time);
            assertThat(out.toString()).as("seed %d, %d ns", seed, time).isEqualTo(expected.format(local));
        }
    }

    private static String text(Style style, boolean nano, long... times) {
        return text(style, nano, TimeZone.getTimeZone("UTC"), times);
    }

    private static String text(Style style, boolean nano, TimeZone zone, long... times) {
        TimeFormat format = new TimeFormat(style, nano, zone);
        TextBuffer out = new TextBuffer();
        for (long time : times) {
            format.append(out, time);
        }
        return out.toString();
    }
}
