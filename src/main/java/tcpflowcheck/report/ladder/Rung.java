package tcpflowcheck.report.ladder;

import java.util.ArrayList;
import java.util.List;
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
    private final Side side;
    private final long frame;
    private final long time;
    private final Numbers numbers;
    private final FoldedSegments folded;
    private final String text;
    private final List<TcpEvent.Found> findings = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private int openStep;
    private int closeStep;
    private boolean lost;
    private boolean crossesNext;

    private Rung(Kind kind, Side side, long frame, long time, Numbers numbers, FoldedSegments folded, String text) {
        this.kind = kind;
        this.side = side;
        this.frame = frame;
        this.time = time;
        this.numbers = numbers;
        this.folded = folded;
        this.text = text;
    }

    static Rung of(Side side, long frame, long time, Numbers numbers) {
        return new Rung(Kind.SEGMENT, side, frame, time, numbers, null, null);
    }

    static Rung of(FoldedSegments folded, long time) {
        return new Rung(Kind.FOLDED, null, 0, time, null, folded, null);
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
        }
    }

    void comesTo(Side end, String state, boolean certain) {
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).side == end) {
                states.set(i, new State(end, state, certain && states.get(i).certain));
                return;
            }
        }
        states.add(new State(end, state, certain));
    }

    void isLost() {
        lost = true;
    }

    void crossesNext() {
        crossesNext = true;
    }

    public Kind kind() {
        return kind;
    }

    /** The end that sent it; null where there is none. */
    public Side side() {
        return side;
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
        return numbers;
    }

    /** Of several segments. */
    public FoldedSegments folded() {
        return folded;
    }

    /** What an ICMP error says, or what time brought; not safe to print as it is. */
    public String text() {
        return text;
    }

    /** What was found in it. */
    public List<TcpEvent.Found> findings() {
        return findings;
    }

    /** The states that ends came to by it: the last of each. */
    public List<State> states() {
        return states;
    }

    /** Which step of the opening it is, from 1; 0 if none. */
    public int openStep() {
        return openStep;
    }

    /** Which step of the close it is, from 1; 0 if none. */
    public int closeStep() {
        return closeStep;
    }

    /** Whether what it carried was sent again and nothing shows that it had come. */
    public boolean lost() {
        return lost;
    }

    /** Whether the next rung was sent before this one came, and this one before that. */
    public boolean crosses() {
        return crossesNext;
    }
}
