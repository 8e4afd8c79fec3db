package tcpflowcheck.report.ladder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.TransitionLog;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** Given: a connection that has ended, as a ladder: its rungs in the order of the capture, and what they are called. */
public final class Ladder {
    private static final List<Rule> SENT_AGAIN = List.of(
            Rule.RETRANSMISSION,
            Rule.FAST_RETRANSMISSION,
            Rule.SYN_RETRANSMISSION,
            Rule.SYNACK_RETRANSMISSION,
            Rule.FIN_RETRANSMISSION);

    private final Flow flow;
    private final List<Rung> rungs;
    private final Map<Side, String> first = new EnumMap<>(Side.class);
    private final Map<Side, Integer> fin = new EnumMap<>(Side.class);
    /** The end whose FIN was first. */
    private @Nullable Side closer;

    Ladder(Flow flow, List<Rung> noted) {
        this.flow = flow;
        rungs = new ArrayList<>(noted);
        for (Side side : Side.values()) {
            Endpoint end = flow.connection().endpoint(side);
            first.put(side, end.isKnown() ? end.initial().toString() : "");
        }
        states();
        numbers();
        losses();
        crossings();
    }

    /**
     * Each transition that is believed, at the rung of its frame; one that time brought gets a rung of its own. Where an end
     * took a segment after it had sent a later one, the two crossed, and its path goes on at the later one.
     */
    private void states() {
        TransitionLog log = flow.connection().log();
        Map<Side, Rung> last = new EnumMap<>(Side.class);
        for (int i = 0; i < log.size(); i++) {
            if (log.revised(i)) {
                continue;
            }
            Rung rung = rungAt(log, i);
            Rung before = last.get(log.side(i));
            if (before != null && rungs.indexOf(before) > rungs.indexOf(rung)) {
                boolean next = rungs.indexOf(before) == rungs.indexOf(rung) + 1;
                rung.crossesNext(next && areOpposed(rung, before));
                rung = before;
            }
            rung.comesTo(log.side(i), log.arrow(i).to().toString(), log.certain(i));
            last.put(log.side(i), rung);
        }
    }

    private static boolean areOpposed(Rung one, Rung other) {
        return one.isSegment() && other.isSegment() && one.side() != other.side();
    }

    private Rung rungAt(TransitionLog log, int index) {
        int behind = 0;
        for (int i = 0; i < rungs.size(); i++) {
            if (rungs.get(i).frame() == log.frame(index) && rungs.get(i).kind() != Rung.Kind.FOLDED) {
                return rungs.get(i);
            }
            behind = rungs.get(i).time() <= log.time(index) ? i + 1 : behind;
        }
        Rung born =
                Rung.time(log.frame(index), log.time(index), log.arrow(index).by());
        rungs.add(behind, born);
        return born;
    }

    /** Where each end's relative numbers begin, which another SYN can change, and the numbers of the FINs. */
    private void numbers() {
        Map<Side, Integer> base = new EnumMap<>(Side.class);
        for (Rung rung : rungs) {
            if (!rung.isSegment()) {
                continue;
            }
            Numbers numbers = rung.numbers();
            Side side = rung.side();
            boolean opens = rung.openStep() > 0 || rung.hasFound(Rule.ISN_CHANGED);
            boolean begins = (numbers.has(TcpSegment.SYN) && opens) || !base.containsKey(side);
            if (begins && !numbers.has(TcpSegment.RST)) {
                base.put(side, numbers.has(TcpSegment.SYN) ? numbers.seq() : numbers.seq() - 1);
            }
            if (numbers.has(TcpSegment.ACK) && !base.containsKey(side.peer())) {
                base.put(side.peer(), numbers.ack() - 1);
            }
            rung.isRelativeTo(base.get(side), base.get(side.peer()));
            if (numbers.has(TcpSegment.FIN) && !fin.containsKey(side)) {
                fin.put(side, numbers.seq() + numbers.length());
                closer = closer == null ? side : closer;
            }
        }
    }

    /**
     * What was sent again was lost, unless an answer shows that it had come; then that answer was lost, where a finding says
     * so. An RST was lost if its receiver went on and no RST ended its path.
     */
    private void losses() {
        for (int i = 0; i < rungs.size(); i++) {
            Rung rung = rungs.get(i);
            if (!rung.isSegment()) {
                continue;
            }
            int before = isAgain(rung) ? before(i) : -1;
            if (before >= 0) {
                Rung answer = answer(before, i);
                if (answer == null && !rung.hasFound(Rule.LAST_ACK_LOST)) {
                    rungs.get(before).isLost();
                } else if (answer != null && rung.hasFound(Rule.LAST_ACK_LOST)) {
                    answer.isLost();
                }
            }
            if (rung.numbers().has(TcpSegment.RST) && isIgnored(rung, i)) {
                rung.isLost();
            }
        }
        boolean unanswered = switch (flow.connection().handshake().kind()) {
            case UNANSWERED -> true;
            default -> false;
        };
        for (Rung rung : rungs) {
            if (unanswered
                    && rung.isSegment()
                    && rung.side() == Side.CLIENT
                    && !rung.isOfAnother()
                    && answer(rungs.indexOf(rung), rungs.size()) == null) {
                rung.isLost();
            }
        }
    }

    private static boolean isAgain(Rung rung) {
        for (Rule rule : SENT_AGAIN) {
            if (rung.hasFound(rule)) {
                return true;
            }
        }
        return false;
    }

    /** What shows, before it was sent again, that a segment had come; null if nothing does. */
    private @Nullable Rung answer(int index, int again) {
        Rung sent = rungs.get(index);
        for (int i = index + 1; i < again; i++) {
            Rung rung = rungs.get(i);
            if (rung.isSegment() && rung.side() != sent.side()) {
                boolean covered = rung.numbers().has(TcpSegment.ACK)
                        && SeqNumber.ge(rung.numbers().ack(), sent.numbers().end());
                if (covered || rung.hasFound(Rule.SYN_ANSWERED_BY_ACK)) {
                    return rung;
                }
            }
        }
        return null;
    }

    /** Whether the receiver of an RST went on, and no RST ended its path; one that it had to drop did come. */
    private boolean isIgnored(Rung rst, int index) {
        Side receiver = rst.side().peer();
        boolean moved = rst.states(receiver).stream().anyMatch(Rung.State::certain);
        if (moved
                || rst.isRejection()
                || rst.hasFound(Rule.RESET_UNACCEPTABLE)
                || rst.hasFound(Rule.RESET_SUSPECT)
                || !flow.connection().endpoint(receiver).isKnown()
                || flow.connection().log().endsBy(receiver, StateDiagram.Event.RCV_RST)) {
            return false;
        }
        for (int i = index + 1; i < rungs.size(); i++) {
            Rung rung = rungs.get(i);
            if (rung.isSegment() && rung.side() == receiver && !rung.numbers().has(TcpSegment.RST)) {
                return true;
            }
        }
        return false;
    }

    /** The index of the last rung before one that carried the same; -1 if there is none. */
    private int before(int index) {
        Rung again = rungs.get(index);
        for (int i = index - 1; i >= 0; i--) {
            Rung rung = rungs.get(i);
            if (rung.isSegment()
                    && rung.side() == again.side()
                    && rung.numbers().end() != rung.numbers().seq()
                    && rung.numbers().seq() == again.numbers().seq()) {
                return i;
            }
        }
        return -1;
    }

    /** Neither of two that follow one another acknowledges the other: each was sent before the other came. */
    private void crossings() {
        for (int i = 0; i + 1 < rungs.size(); i++) {
            Rung one = rungs.get(i);
            Rung other = rungs.get(i + 1);
            boolean both = areOpposed(one, other) && !one.lost() && !other.lost();
            if (both && !one.crosses() && takesNumber(one) && takesNumber(other)) {
                boolean answers = other.numbers().has(TcpSegment.ACK)
                        && SeqNumber.ge(other.numbers().ack(), one.numbers().end());
                one.crossesNext(!answers);
            }
            one.crossesNext(both && one.crosses());
            i += one.crosses() ? 1 : 0;
        }
    }

    private static boolean takesNumber(Rung rung) {
        return rung.numbers().has(TcpSegment.SYN | TcpSegment.FIN)
                && !rung.numbers().has(TcpSegment.RST);
    }

    public Flow flow() {
        return flow;
    }

    public List<Rung> rungs() {
        return rungs;
    }

    /** The state that an end began in; empty if it is not known. */
    public String first(Side side) {
        return first.getOrDefault(side, "");
    }

    /** Relative to the initial sequence number of the end, which is 0; not below 0. */
    public long relativeSeq(Rung rung) {
        return relative(rung.numbers().seq(), rung.seqBase());
    }

    /** Relative to the initial sequence number of the other end. */
    public long relativeAck(Rung rung) {
        return relative(rung.numbers().ack(), rung.ackBase());
    }

    private static long relative(int number, @Nullable Integer isn) {
        return SeqNumber.unsigned(isn == null ? number : number - isn);
    }

    /** The books' letter for a sequence number: x and y of the SYNs, u and w of the FINs, or what is one behind; else empty. */
    public String seqLetter(Rung rung) {
        return letter(rung.side(), rung.numbers().seq(), rung.seqBase(), rung);
    }

    /** The same for an acknowledgment number. */
    public String ackLetter(Rung rung) {
        return letter(rung.side().peer(), rung.numbers().ack(), rung.ackBase(), rung);
    }

    private String letter(Side of, int number, @Nullable Integer isn, Rung rung) {
        boolean closing = rung.closeStep() > 0 || rung.numbers().has(TcpSegment.FIN);
        Integer last = fin.get(of);
        if (closing && last != null && (number == last || number == last + 1)) {
            return (of == closer ? "u" : "w") + (number == last ? "" : "+1");
        }
        boolean opening = rung.openStep() > 0 || rung.hasFound(Rule.ISN_CHANGED);
        if (opening && isn != null && (number == isn || number == isn + 1)) {
            return (of == Side.CLIENT ? "x" : "y") + (number == isn ? "" : "+1");
        }
        return "";
    }
}
