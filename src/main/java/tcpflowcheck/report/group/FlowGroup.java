package tcpflowcheck.report.group;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Durations;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Measures;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Side;

/** What the flows of one group come to. It grows while captures are read. */
public final class FlowGroup {
    private static final Side[] SIDES = Side.values();

    private final List<String> names;
    private final long[] handshakes = new long[Handshake.Kind.values().length];
    private final long[] closes = new long[Closing.Kind.values().length];
    private final long[] resets = new long[SIDES.length];
    private final long[] octets = new long[SIDES.length];
    private final Durations connect;
    private final Durations firstOctet;
    private long flows;
    private long found;
    private long segments;
    private long retransmissions;
    private long retransmittedOctets;
    private long firstFrame = Long.MAX_VALUE;
    private long lastFrame;
    private long start = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private boolean estimated;

    /** @param names a word for each key */
    FlowGroup(List<String> names) {
        this(names, new Durations(), new Durations());
    }

    private FlowGroup(List<String> names, Durations connect, Durations firstOctet) {
        this.names = names;
        this.connect = connect;
        this.firstOctet = firstOctet;
    }

    /** Writes it for {@link #read}. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
        connect.write(out);
        firstOctet.write(out);
        for (long[] counts : new long[][] {handshakes, closes, resets, octets}) {
            for (long count : counts) {
                out.writeLong(count);
            }
        }
        for (long number : new long[] {
            flows, found, segments, retransmissions, retransmittedOctets, firstFrame, lastFrame, start, end
        }) {
            out.writeLong(number);
        }
        out.writeBoolean(estimated);
    }

    /** Reads what {@link #write} wrote. */
    public static FlowGroup read(DataInput in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        FlowGroup read = new FlowGroup(List.copyOf(names), Durations.read(in), Durations.read(in));
        for (long[] counts : new long[][] {read.handshakes, read.closes, read.resets, read.octets}) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.readLong();
            }
        }
        read.flows = in.readLong();
        read.found = in.readLong();
        read.segments = in.readLong();
        read.retransmissions = in.readLong();
        read.retransmittedOctets = in.readLong();
        read.firstFrame = in.readLong();
        read.lastFrame = in.readLong();
        read.start = in.readLong();
        read.end = in.readLong();
        read.estimated = in.readBoolean();
        return read;
    }

    /** The same frames have other numbers. */
    public void frames(long first, long last) {
        firstFrame = first;
        lastFrame = last;
    }

    void add(Flow flow) {
        Connection connection = flow.connection();
        flows++;
        handshakes[connection.handshake().kind().ordinal()]++;
        closes[connection.closing().kind().ordinal()]++;
        Reset reset = connection.reset();
        if (connection.closing().kind() == Closing.Kind.RESET && reset != null) {
            resets[reset.by().ordinal()]++;
        }
        found += connection.findings().list().isEmpty() ? 0 : 1;
        for (Side side : SIDES) {
            Measures measures = connection.measures(side);
            octets[side.ordinal()] += connection.endpoint(side).traffic().octets();
            segments += connection.endpoint(side).traffic().packets();
            retransmissions += measures.retransmissions();
            retransmittedOctets += measures.retransmittedOctets();
        }
        add(connect, connection.timing().connectNanos());
        add(firstOctet, connection.timing().firstOctetNanos());
        firstFrame = Math.min(firstFrame, flow.firstFrame());
        lastFrame = Math.max(lastFrame, flow.lastFrame());
        start = Math.min(start, flow.start());
        end = Math.max(end, flow.start() + flow.durationNanos());
    }

    void add(PlainFlow flow) {
        flows++;
        handshakes[Handshake.Kind.THREE_WAY.ordinal()]++;
        closes[flow.closing().ordinal()]++;
        for (Side side : SIDES) {
            octets[side.ordinal()] += flow.octets(side);
        }
        segments += flow.segments();
        add(connect, flow.connectNanos());
        add(firstOctet, flow.firstOctetNanos());
        firstFrame = Math.min(firstFrame, flow.firstFrame());
        lastFrame = Math.max(lastFrame, flow.lastFrame());
        start = Math.min(start, flow.start());
        end = Math.max(end, flow.end());
    }

    private static void add(Durations durations, long nanos) {
        if (nanos >= 0) {
            durations.add(nanos);
        }
    }

    /** Counts what another group has counted, too. */
    void add(FlowGroup other) {
        flows += other.flows;
        add(handshakes, other.handshakes);
        add(closes, other.closes);
        add(resets, other.resets);
        add(octets, other.octets);
        connect.addAll(other.connect);
        firstOctet.addAll(other.firstOctet);
        found += other.found;
        segments += other.segments;
        retransmissions += other.retransmissions;
        retransmittedOctets += other.retransmittedOctets;
        firstFrame = Math.min(firstFrame, other.firstFrame);
        lastFrame = Math.max(lastFrame, other.lastFrame);
        start = Math.min(start, other.start);
        end = Math.max(end, other.end);
        estimated |= other.estimated;
    }

    private static void add(long[] counts, long[] others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others[i];
        }
    }

    /** Flows of it may have been counted elsewhere before. */
    void estimate() {
        estimated = true;
    }

    /** A word for each key. */
    public List<String> names() {
        return names;
    }

    public long flows() {
        return flows;
    }

    public long count(Handshake.Kind kind) {
        return handshakes[kind.ordinal()];
    }

    public long count(Closing.Kind kind) {
        return closes[kind.ordinal()];
    }

    /** Flows that have been opened, or were open when the capture began. */
    public long opened() {
        return count(Handshake.Kind.THREE_WAY)
                + count(Handshake.Kind.FAST_OPEN)
                + count(Handshake.Kind.SIMULTANEOUS)
                + count(Handshake.Kind.SPLIT)
                + count(Handshake.Kind.MIDSTREAM);
    }

    /** Flows whose opening failed: refused, unreachable, unanswered, half-open. */
    public long failed() {
        return count(Handshake.Kind.REFUSED)
                + count(Handshake.Kind.UNREACHABLE)
                + count(Handshake.Kind.UNANSWERED)
                + count(Handshake.Kind.HALF_OPEN);
    }

    /** Flows that an RST of this side ended. */
    public long resetsBy(Side side) {
        return resets[side.ordinal()];
    }

    /** Flows that did not open or that were reset. */
    public long troubled() {
        return failed() + resetsBy(Side.CLIENT) + resetsBy(Side.SERVER);
    }

    /** Flows in which something was found. */
    public long flowsWithFindings() {
        return found;
    }

    /** Octets of text that an end sent, each as often as it was sent. */
    public long octets(Side side) {
        return octets[side.ordinal()];
    }

    public long segments() {
        return segments;
    }

    /** Segments of text that were sent again. */
    public long retransmissions() {
        return retransmissions;
    }

    /** Octets of text that were sent again. */
    public long retransmittedOctets() {
        return retransmittedOctets;
    }

    /** From each SYN that was answered to the segment that confirmed it. */
    public Durations connect() {
        return connect;
    }

    /** From each request to the first octet of the answer. */
    public Durations firstOctet() {
        return firstOctet;
    }

    public long firstFrame() {
        return firstFrame;
    }

    public long lastFrame() {
        return lastFrame;
    }

    /** Nanoseconds since the epoch of its first segment. */
    public long start() {
        return start;
    }

    /** Nanoseconds since the epoch of its last segment. */
    public long end() {
        return end;
    }

    /** Whether there may be more in it than was counted: flows of it were counted among the others. */
    public boolean estimated() {
        return estimated;
    }

    /** Whether groups can be sorted by it. */
    public static boolean ranks(SortKey key) {
        return switch (key) {
            case CONNECT, FIRST_OCTET, BYTES, OUT, IN, SEGMENTS, RETRANSMISSIONS, START -> true;
            case TRANSFER, DURATION, SILENCE -> false;
        };
    }

    /** What comes first has the most of it: the median of times, else the sum; -1 if it is not known. */
    long rank(SortKey key) {
        return switch (key) {
            case CONNECT -> connect.count() == 0 ? -1 : connect.median();
            case FIRST_OCTET -> firstOctet.count() == 0 ? -1 : firstOctet.median();
            case BYTES -> octets(Side.CLIENT) + octets(Side.SERVER);
            case OUT -> octets(Side.CLIENT);
            case IN -> octets(Side.SERVER);
            case SEGMENTS -> segments;
            case RETRANSMISSIONS -> retransmissions;
            case START -> -start;
            case TRANSFER, DURATION, SILENCE -> -1;
        };
    }
}
