package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame.Direction;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Ending;
import tcpflowcheck.tcp.IcmpErrors;
import tcpflowcheck.tcp.IcmpSaid;
import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.evidence.SightingRoom;
import tcpflowcheck.wire.Encapsulation;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** One connection among many: its addresses, its number and its frames. Once ended it is given and changes no more. */
public final class Flow implements FlowEnds {
    /** In place of a stream: there is none, or it is not known. */
    public static final long UNKNOWN = -1;

    private static final int[] NO_VLANS = {};
    private static final String[] NO_TUNNELS = {};

    private final long lowHigh;
    private final long lowLow;
    private final long highHigh;
    private final long highLow;
    private final long ports;
    private final boolean clientIsLow;
    /** Who sent the first segment if no connection has such, FIN, null or Xmas; else null. */
    private final @Nullable Side prober;

    private final Roles roles;
    private final int[] vlans;
    private final String[] tunnels;
    private final Connection connection;
    private long stream;
    private long firstFrame;
    private long lastFrame;
    private long start;
    private long lastTime;
    /** Of the last segment that passed, which may be older than one before it. */
    private long latest;
    /** How far the clock of the capture was ahead of that then. */
    private long ahead;

    private @Nullable Flow previous;
    private long streamBefore = UNKNOWN;
    private long streamAfter = UNKNOWN;
    private @Nullable Attachment attachment;
    private List<TcpSegment> undecided = List.of();
    private FlowNotes notes = FlowNotes.NONE;
    /** Null until there is one. */
    private @Nullable IcmpErrors icmp;

    /** Which side's segments went which way: a bit each, as {@link #bit} has it. */
    private byte directions;

    /** Its SYN was captured, and its client's end has neither confirmed the handshake nor given it up. */
    boolean opening;

    /** How many flows had begun when its last SYN came. */
    long flowsBefore;

    private long bornIn;

    /** The flow that may be its connection too, until that is told or known not to be so; mostly null. */
    @Nullable
    Twin twin;

    /** The key's hash. */
    int hash;

    // the queue that it is in, and its links there
    @Nullable
    FlowQueue queue;

    @Nullable
    Flow queuedBefore;

    @Nullable
    Flow queuedAfter;

    /** Where the clock of the capture stood when its last segment passed. */
    long touched;

    /** About how much memory it took then. */
    long octets;

    /** Nanoseconds since the epoch at which it ends unless another segment comes. */
    long deadline;

    /** Memory ended while a segment of it was looked at. */
    boolean broken;

    Flow(FlowKey key, TcpSegment first, long stream, TcpEvent.Sink sink, OctetLog octets, SightingRoom room) {
        lowHigh = key.lowHigh;
        lowLow = key.lowLow;
        highHigh = key.highHigh;
        highLow = key.highLow;
        ports = key.ports;
        roles = Roles.of(first);
        clientIsLow = key.fromLow == roles.senderIsClient(first);
        prober = first.has(TcpSegment.SYN | TcpSegment.RST | TcpSegment.ACK) ? null : sender(key.fromLow);
        Encapsulation carried = first.encapsulation();
        vlans = carried.vlanCount() == 0 ? NO_VLANS : new int[carried.vlanCount()];
        for (int i = 0; i < vlans.length; i++) {
            vlans[i] = carried.vlan(i);
        }
        tunnels = carried.tunnelCount() == 0 ? NO_TUNNELS : new String[carried.tunnelCount()];
        for (int i = 0; i < tunnels.length; i++) {
            tunnels[i] = carried.tunnel(i).numbered()
                    ? carried.tunnel(i) + " " + SeqNumber.unsigned(carried.tunnelId(i))
                    : carried.tunnel(i).toString();
        }
        this.stream = stream;
        firstFrame = first.frame();
        start = first.time();
        lastTime = start;
        connection = new Connection(first, sink, octets, room);
    }

    /** About how many octets of memory it takes. */
    public long memory() {
        return connection.octets() + notes.octets();
    }

    /** Sets the key to its. */
    void key(FlowKey key) {
        key.restore(lowHigh, lowLow, highHigh, highLow, ports, key.fromLow, hash);
    }

    boolean matches(FlowKey key) {
        return lowLow == key.lowLow
                && highLow == key.highLow
                && ports == key.ports
                && lowHigh == key.lowHigh
                && highHigh == key.highHigh;
    }

    Side sender(boolean fromLow) {
        return fromLow == clientIsLow ? Side.CLIENT : Side.SERVER;
    }

    void pass(Side side, TcpSegment segment) {
        lastFrame = segment.frame();
        lastTime = Math.max(lastTime, segment.time());
        latest = segment.time();
        if (segment.direction() != null) {
            directions |= bit(side, segment.direction());
        }
        if (FlowNotes.has(segment)) {
            notes = notes == FlowNotes.NONE ? new FlowNotes() : notes;
            notes.add(segment);
        }
        connection.on(side, segment);
    }

    /** An ICMP error that quotes a segment of a side passes. */
    void pass(Side side, IcmpError error) {
        icmp = icmp == null ? new IcmpErrors(connection) : icmp;
        icmp.on(side, error);
    }

    /** What ICMP errors said that quote its segments, in order of the first time. */
    public List<IcmpSaid> icmp() {
        return icmp == null ? List.of() : icmp.list();
    }

    /** Both ends are closed, and none of them may be opening again: an ICMP error that ended a SYN may be taken for a soft one. */
    boolean isOver() {
        return connection.ended()
                && !connection.log().endsBy(Side.CLIENT, Event.RCV_ICMP)
                && !connection.log().endsBy(Side.SERVER, Event.RCV_ICMP);
    }

    private static byte bit(Side side, Direction direction) {
        return (byte) (1 << (side.ordinal() << 1 | direction.ordinal()));
    }

    /** The end at whose host it was captured, as the direction of its segments tells, or null. */
    public @Nullable Side capturedAt() {
        for (Side side : Side.values()) {
            int here = bit(side, Direction.OUTBOUND) | bit(side.peer(), Direction.INBOUND);
            if (directions != 0 && (directions & ~here) == 0) {
                return side;
            }
        }
        return null;
    }

    public FlowNotes notes() {
        return notes;
    }

    /** The flow that used the same addresses and ports before, until this one ends; null if there was none. */
    public @Nullable Flow previous() {
        return previous;
    }

    /** How many flows had begun when its last SYN came; of one that follows another, at first its own. */
    public long flowsBefore() {
        return flowsBefore;
    }

    /** Of one that follows another, the frame that showed that it had begun. */
    public long bornIn() {
        return bornIn;
    }

    /** The stream of the flow that used the same addresses and ports before, or {@link #UNKNOWN}. */
    public long streamBefore() {
        return streamBefore;
    }

    /** The stream of the flow that used the same addresses and ports next, or {@link #UNKNOWN}. */
    public long streamAfter() {
        return streamAfter;
    }

    void comesAfter(long stream) {
        streamBefore = stream;
    }

    void comesBefore(long stream) {
        streamAfter = stream;
    }

    /** @param frame the one at hand, later than its first where its SYN had to wait for an answer */
    void follows(Flow before, long frame) {
        previous = before;
        flowsBefore = before.flowsBefore;
        bornIn = frame;
        comesAfter(before.stream);
        before.previous = null;
        connection.follows(before.connection, before.clientIsLow != clientIsLow);
    }

    /**
     * Where the clock of its own segments stands if the capture's stands at {@code time}: that one never goes back, so where
     * the times of the frames do, only what has passed since its last segment counts.
     */
    long ownTime(long time) {
        return time - ahead;
    }

    /** The clock of the capture stood at {@code now} when its last segment passed. */
    void stood(long now) {
        ahead = Math.max(now - latest, 0);
    }

    /** @param until where the clock of its segments stood when it ended */
    void end(long until, Ending ending) {
        connection.end(lastFrame, latest, until, ending);
        previous = null;
    }

    /** SYNs whose place only the peer's answer can tell, in order; copies. */
    List<TcpSegment> undecided() {
        return undecided;
    }

    void keepUndecided(TcpSegment copy) {
        if (undecided.isEmpty()) {
            undecided = new ArrayList<>(1);
        }
        undecided.add(copy);
    }

    List<TcpSegment> takeUndecided() {
        List<TcpSegment> taken = undecided;
        undecided = List.of();
        return taken;
    }

    /** What {@code owner} keeps with the flow, or null. */
    public @Nullable Object attachment(Object owner) {
        for (Attachment each = attachment; each != null; each = each.next) {
            if (each.owner == owner) {
                return each.kept;
            }
        }
        return null;
    }

    /** Keeps something with the flow in place of what the same owner kept before. */
    public void attach(Object owner, @Nullable Object kept) {
        for (Attachment each = attachment; each != null; each = each.next) {
            if (each.owner == owner) {
                each.kept = kept;
                return;
            }
        }
        attachment = new Attachment(owner, kept, attachment);
    }

    private static final class Attachment {
        private final Object owner;
        private final @Nullable Attachment next;
        private @Nullable Object kept;

        Attachment(Object owner, @Nullable Object kept, @Nullable Attachment next) {
            this.owner = owner;
            this.kept = kept;
            this.next = next;
        }
    }

    /** From 0, in the order of the first frames. */
    public long stream() {
        return stream;
    }

    public Connection connection() {
        return connection;
    }

    public Roles roles() {
        return roles;
    }

    @Override
    public int ipVersion() {
        return (int) (ports >>> 32);
    }

    @Override
    public long addressHigh(Side side) {
        return isLow(side) ? lowHigh : highHigh;
    }

    @Override
    public long addressLow(Side side) {
        return isLow(side) ? lowLow : highLow;
    }

    @Override
    public int port(Side side) {
        return (int) (isLow(side) ? ports >>> 16 : ports) & 0xffff;
    }

    /** The end that began with a segment that no connection has, without SYN, RST and ACK; null if none did. */
    @Nullable
    Side prober() {
        return prober;
    }

    /** The end with the lower address or port. */
    Side low() {
        return clientIsLow ? Side.CLIENT : Side.SERVER;
    }

    /** The time of its last segment, nanoseconds since the epoch. */
    long lastTime() {
        return lastTime;
    }

    private boolean isLow(Side side) {
        return (side == Side.CLIENT) == clientIsLow;
    }

    public int tunnelCount() {
        return tunnels.length;
    }

    /** What its first frame was carried in, outermost first: {@code vxlan 42}. */
    public String tunnel(int index) {
        return tunnels[index];
    }

    public int vlanCount() {
        return vlans.length;
    }

    /** A VLAN identifier of its first frame, outermost first. */
    public int vlan(int index) {
        return vlans[index];
    }

    public long firstFrame() {
        return firstFrame;
    }

    public long lastFrame() {
        return lastFrame;
    }

    @Override
    public long start() {
        return start;
    }

    public long durationNanos() {
        return Math.max(lastTime - start, 0);
    }
}
