package tcpflowcheck.report.choice;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;

/** What flows are sorted by: the most of it first, but {@link #START}, which has the earliest first. */
public enum SortKey {
    CONNECT(Measure.CONNECT),
    FIRST_OCTET(Measure.FIRST_OCTET),
    TRANSFER(Measure.TRANSFER),
    DURATION(Measure.DURATION),
    SILENCE(Measure.SILENCE),
    BYTES(Measure.BYTES),
    OUT(Measure.OUT),
    IN(Measure.IN),
    SEGMENTS(Measure.SEGMENTS),
    RETRANSMISSIONS(Measure.RETRANSMISSIONS),
    START(null);

    private final @Nullable Measure measure;

    SortKey(@Nullable Measure measure) {
        this.measure = measure;
    }

    /** The word for it on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The word above a column of it. */
    public String title() {
        return switch (this) {
            case FIRST_OCTET -> "1st octet";
            case RETRANSMISSIONS -> "retrans.";
            default -> toString();
        };
    }

    /** Whether it is a length of time, in nanoseconds. */
    public boolean isTime() {
        return measure != null && measure.isTime();
    }

    /** Whether it is a number of octets. */
    public boolean isOctets() {
        return measure != null && measure.isOctets();
    }

    /** What comes first has the most of it; a flow that does not have it is below 0 and comes last. */
    public long rank(Flow flow) {
        return measure == null ? -flow.start() : measure.of(flow);
    }
}
