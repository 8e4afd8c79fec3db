package tcpflowcheck.report.choice;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;

/** When a flow began: a time of day, {@code 10:01} or {@code 10:01:30}, or with its date, {@code 2026-11-26T10:01}. */
final class StartTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private StartTime() {}

    static Term term(String operator, String value, TimeZone zone, String word) throws ChoiceException {
        ZoneId id = zone.toZoneId();
        try {
            if (value.indexOf('T') >= 0) {
                Instant bound = LocalDateTime.parse(value).atZone(id).toInstant();
                return flow -> Comparison.holds(operator, instant(flow.start()).compareTo(bound));
            }
            LocalTime bound = LocalTime.parse(value);
            return flow -> Comparison.holds(
                    operator,
                    LocalDateTime.ofInstant(instant(flow.start()), id)
                            .toLocalTime()
                            .compareTo(bound));
        } catch (DateTimeException noTime) {
            throw new ChoiceException(word, "expected a time: 10:01, 10:01:30 or 2026-11-26T10:01", List.of());
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
