package tcpflowcheck.report.group;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.TimeZone;

/** Minutes and hours as texts that sort as they follow one another; those of the flow before are kept, mostly it is the same. */
final class StartTimes {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MINUTES = 60;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:00");

    private final ZoneId zone;
    private long lastMinute = Long.MIN_VALUE;
    private String minute = "";
    private String hour = "";

    StartTimes(TimeZone zone) {
        this.zone = zone.toZoneId();
    }

    /** @param nanos since the epoch */
    String minute(long nanos) {
        goTo(Math.floorDiv(nanos, MINUTE_NANOS));
        return minute;
    }

    /** @param nanos since the epoch */
    String hour(long nanos) {
        goTo(Math.floorDiv(nanos, MINUTE_NANOS));
        return hour;
    }

    private void goTo(long number) {
        if (number != lastMinute) {
            LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(number * MINUTES), zone);
            lastMinute = number;
            minute = MINUTE.format(time);
            hour = HOUR.format(time);
        }
    }
}
