package tcpflowcheck.report.ladder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.header.HeaderOctets;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;

/** One step of a ladder: a segment, several that are told together, an ICMP error, or something that no segment caused. */
public final class Rung {
    /** What it is. */
    public enum Kind {
        SEGMENT,
        FOLDED,
        ICMP,
        /** Time has passed. */
        TIME
    }

    /** Given: an end is in a state from here on, or was at the start. */
    public record State(Side side, String name, boolean certain) {}

    private final Kind kind;
    private final @Nullable Side side;
    private final long frame;
    private final long time;
    private final @Nullable Numbers numbers;
    private final @Nullable FoldedSegments folded;
    private final String text;
    private final List<TcpEvent.Found> findings = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private int openStep;
    private int closeStep;
    private boolean rejection;
    private boolean lost;
    private boolean crossesNext;
    private @Nullable HeaderOctets header;
    private @Nullable Integer seqBase;
    private @Nullable Integer ackBase;

    private Rung(
            Kind kind,
            @Nullable Side side,
            long frame,
            long time,
            @Nullable Numbers numbers,
            @Nullable FoldedSegments folded,
            String text) {
        this.kind = kind;
        this.side = side;
        this.frame = frame;
        this.time = time;
        this.numbers = numbers;
        this.folded = folded;
        this.text = text;
    }

    static Rung of(Side side, long frame, long time, Numbers numbers) {
        return new Rung(Kind.SEGMENT, side, frame, time, numbers, null, "");
    }

    static Rung of(FoldedSegments folded, long time) {
        return new Rung(Kind.FOLDED, null, 0, time, null, folded, "");
    }

    /** @param side whose segment the error quotes */
    static Rung icmp(Side side, long frame, long time, String text) {
        return new Rung(Kind.ICMP, side, frame, time, null, null, text);
    }

    static Rung time(long frame, long time, String cause) {
        return new Rung(Kind.TIME, null, frame, time, null, null, cause);
    }

    void note(TcpEvent event) {
        if (event instanceof TcpEvent.Found found) {
            findings.add(found);
        } else if (event instanceof TcpEvent.OpenStep step) {
            openStep = step.step();
        } else if (event instanceof TcpEvent.CloseStep step) {
            closeStep = step.step();
        } else if (event instanceof TcpEvent.Rejection) {
            rejection = true;
        }
    }

    /** What was found in it is not so. */
    void withdraw(Rule rule, Side of) {
        findings.removeIf(found -> found.rule() == rule && found.side() == of);
    }

    void comesTo(Side end, String state, boolean certain) {
        states.add(new State(end, state, certain));
    }

    void isLost() {
        lost = true;
    }

    void crossesNext(boolean crosses) {
        crossesNext = crosses;
    }

    void has(HeaderOctets itsHeader) {
        header = itsHeader;
    }

    /** Of a segment; null where it was not kept. */
    public @Nullable HeaderOctets header() {
        return header;
    }

    /** What its numbers are relative to: the initial sequence numbers of its sender and of the other end as they are by then; null if not known. */
    void isRelativeTo(@Nullable Integer senders, @Nullable Integer others) {
        seqBase = senders;
        ackBase = others;
    }

    @Nullable
    Integer seqBase() {
        return seqBase;
    }

    @Nullable
    Integer ackBase() {
        return ackBase;
    }

    public Kind kind() {
        return kind;
    }

    boolean isSegment() {
        return kind == Kind.SEGMENT;
    }

    /** The end that sent a segment, or whose segment an ICMP error quotes. */
    public Side side() {
        return known(side);
    }

    private <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(kind + " has no such thing");
        }
        return value;
    }

    /** The number of the frame, from 1; 0 where there are several. */
    public long frame() {
        return frame;
    }

    /** Nanoseconds since the epoch; of several that of the first. */
    public long time() {
        return time;
    }

    /** Of a segment. */
    public Numbers numbers() {
        return known(numbers);
    }

    /** Of several segments. */
    public FoldedSegments folded() {
        return known(folded);
    }

    /** What an ICMP error says, or what time brought, else empty; not safe to print as it is. */
    public String text() {
        return text;
    }

    /** What was found in it. */
    public List<TcpEvent.Found> findings() {
        return findings;
    }

    /** The states that an end came to by it, in the order of its path: what it received brings one, what it sends another. */
    public List<State> states(Side end) {
        return states.stream().filter(state -> state.side == end).toList();
    }

    boolean hasFound(Rule rule) {
        for (TcpEvent.Found found : findings) {
            if (found.rule() == rule) {
                return true;
            }
        }
        return false;
    }

    /** Which step of the opening it is, from 1; 0 if none. */
    public int openStep() {
        return openStep;
    }

    /** Which step of the close it is, from 1; 0 if none. */
    public int closeStep() {
        return closeStep;
    }

    /** Whether it is an answer of another connection, or rejects one: its numbers have nothing to do with this one. */
    public boolean isOfAnother() {
        return rejection || hasFound(Rule.SYN_ANSWERED_BY_ACK);
    }

    /** Whether it is an RST that rejects an answer of another connection, and ends nothing of its own. */
    boolean isRejection() {
        return rejection;
    }

    /** Whether what follows speaks for it that it never came: it was sent again, or its receiver went on without it. */
    public boolean lost() {
        return lost;
    }

    /** Whether the next rung was sent before this one came, and this one before that. */
    public boolean crosses() {
        return crossesNext;
    }
}
