package tcpflowcheck.report.choice;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;

/** When a flow began, or was there: a time of day, {@code 10:01} or {@code 10:01:30}, or with its date, {@code 2026-11-26T10:01}. */
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
            throw wrong(word);
        }
    }

    /** The flow still was there at a time, or came later. */
    static Term from(String value, TimeZone zone) throws ChoiceException {
        ZoneId id = zone.toZoneId();
        LocalDateTime date = dated(value);
        if (date != null) {
            Instant bound = date.atZone(id).toInstant();
            return flow -> !end(flow).isBefore(bound);
        }
        LocalTime bound = ofDay(value);
        return flow -> {
            LocalDateTime first = LocalDateTime.ofInstant(instant(flow.start()), id);
            LocalDateTime last = LocalDateTime.ofInstant(end(flow), id);
            boolean overMidnight = first.toLocalDate().isBefore(last.toLocalDate());
            return overMidnight || !last.toLocalTime().isBefore(bound);
        };
    }

    /** The flow had begun by a time. */
    static Term to(String value, TimeZone zone) throws ChoiceException {
        ZoneId id = zone.toZoneId();
        LocalDateTime date = dated(value);
        if (date != null) {
            Instant bound = date.atZone(id).toInstant();
            return flow -> !instant(flow.start()).isAfter(bound);
        }
        LocalTime bound = ofDay(value);
        return flow -> !LocalDateTime.ofInstant(instant(flow.start()), id)
                .toLocalTime()
                .isAfter(bound);
    }

    private static @Nullable LocalDateTime dated(String value) throws ChoiceException {
        try {
            return value.indexOf('-') < 0 ? null : LocalDateTime.parse(value.replace(' ', 'T'));
        } catch (DateTimeException noTime) {
            throw wrong(value);
        }
    }

    private static LocalTime ofDay(String value) throws ChoiceException {
        try {
            return LocalTime.parse(value);
        } catch (DateTimeException noTime) {
            throw wrong(value);
        }
    }

    private static ChoiceException wrong(String word) {
        return new ChoiceException(word, "expected a time: 10:01, 10:01:30 or 2026-11-26T10:01", List.of());
    }

    private static Instant end(Flow flow) {
        return instant(flow.start()).plusNanos(flow.durationNanos());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
