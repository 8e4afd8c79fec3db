package tcpflowcheck.report.choice;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Side;

/** What can be compared of a flow; what a flow does not have compares false. */
enum Measure {
    /** From the SYN that was answered to the segment that confirmed the answer. */
    CONNECT(true, false),
    REQUEST(true, false),
    FIRST_OCTET(true, false),
    TRANSFER(true, false),
    /** The longest time in which no segment passed, the one at the end among them if it did not end. */
    SILENCE(true, false),
    DURATION(true, false),
    /** Octets of text, of both ends. */
    BYTES(false, true),
    OUT(false, true),
    IN(false, true),
    SEGMENTS(false, false),
    RETRANSMISSIONS(false, false),
    STREAM(false, false);

    private static final long NONE = -1;
    private static final List<String> TIMES = List.of("ns", "us", "ms", "s", "m", "h");
    private static final long[] NANOS = {1, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L};
    private static final List<String> OCTETS = List.of("B", "KB", "MB", "GB", "TB");

    /** Of an expression: who only sorts does without, and starts sooner. */
    private static final class Value {
        private static final Pattern PATTERN = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([a-zA-Z]*)");
    }

    private final boolean time;
    private final boolean octets;

    Measure(boolean time, boolean octets) {
        this.time = time;
        this.octets = octets;
    }

    boolean isTime() {
        return time;
    }

    boolean isOctets() {
        return octets;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The measure of this name, or null. */
    static @Nullable Measure of(String name) {
        for (Measure measure : values()) {
            if (measure.toString().equals(name)) {
                return measure;
            }
        }
        return null;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Measure::toString).toList();
    }

    Term term(String operator, String value, String word) throws ChoiceException {
        BigDecimal bound = parse(value, word);
        return flow -> {
            long seen = of(flow);
            return seen != NONE
                    && Comparison.holds(operator, BigDecimal.valueOf(seen).compareTo(bound));
        };
    }

    private BigDecimal parse(String value, String word) throws ChoiceException {
        Matcher parts = Value.PATTERN.matcher(value);
        if (!parts.matches()) {
            throw new ChoiceException(word, this + " is compared with a number" + units(), List.of());
        }
        String unit = parts.group(2);
        BigDecimal number = new BigDecimal(parts.group(1));
        if (time) {
            int at = TIMES.indexOf(unit);
            if (at < 0) {
                throw new ChoiceException(word, this + " needs a unit of time", TIMES);
            }
            return number.multiply(BigDecimal.valueOf(NANOS[at]));
        }
        if (unit.isEmpty()) {
            return number;
        }
        int at = OCTETS.indexOf(unit);
        if (!octets || at < 0) {
            throw new ChoiceException(word, this + " has no unit '" + unit + "'", octets ? OCTETS : List.of());
        }
        return number.scaleByPowerOfTen(3 * at);
    }

    private String units() {
        return time ? " and a unit: 200ms" : octets ? ", maybe with a unit: 1MB" : "";
    }

    /** {@link #NONE} if the flow does not have it. */
    long of(Flow flow) {
        Connection connection = flow.connection();
        return switch (this) {
            case CONNECT -> connection.timing().connectNanos();
            case REQUEST -> connection.timing().requestNanos();
            case FIRST_OCTET -> connection.timing().firstOctetNanos();
            case TRANSFER -> connection.timing().transferNanos();
            case SILENCE -> connection.timing().silenceNanos();
            case DURATION -> flow.durationNanos();
            case BYTES -> octets(connection, Side.CLIENT) + octets(connection, Side.SERVER);
            case OUT -> octets(connection, Side.CLIENT);
            case IN -> octets(connection, Side.SERVER);
            case SEGMENTS ->
                connection.client().traffic().packets()
                        + connection.server().traffic().packets();
            case RETRANSMISSIONS ->
                connection.measures(Side.CLIENT).retransmissions()
                        + connection.measures(Side.SERVER).retransmissions();
            case STREAM -> flow.stream();
        };
    }

    private static long octets(Connection connection, Side side) {
        return connection.endpoint(side).traffic().octets();
    }
}
