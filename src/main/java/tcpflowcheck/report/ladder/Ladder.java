package tcpflowcheck.report.ladder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
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
    private final Map<Side, Integer> base = new EnumMap<>(Side.class);
    private final Map<Side, Integer> fin = new EnumMap<>(Side.class);
    /** The end whose FIN was first. */
    private Side closer;

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

    /** Each transition that is believed, at the rung of its frame; one that time brought gets a rung of its own. */
    private void states() {
        Connection connection = flow.connection();
        TransitionLog log = connection.log();
        for (int i = 0; i < log.size(); i++) {
            if (!log.revised(i)) {
                rungAt(log, i).comesTo(log.side(i), log.arrow(i).to().toString(), log.certain(i));
            }
        }
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

    /** Where each end's relative numbers begin, and the numbers of the FINs. */
    private void numbers() {
        for (Rung rung : rungs) {
            Numbers numbers = rung.numbers();
            if (numbers == null) {
                continue;
            }
            Side side = rung.side();
            boolean begins = numbers.has(TcpSegment.SYN) && rung.openStep() > 0 || !base.containsKey(side);
            if (begins && !numbers.has(TcpSegment.RST)) {
                base.put(side, numbers.has(TcpSegment.SYN) ? numbers.seq() : numbers.seq() - 1);
            }
            if (numbers.has(TcpSegment.ACK) && !base.containsKey(side.peer())) {
                base.put(side.peer(), numbers.ack() - 1);
            }
            if (numbers.has(TcpSegment.FIN) && !fin.containsKey(side)) {
                fin.put(side, numbers.seq() + numbers.length());
                closer = closer == null ? side : closer;
            }
        }
    }

    /** What was sent again was lost, unless something shows that it had come. */
    private void losses() {
        for (int i = 0; i < rungs.size(); i++) {
            Rung again = rungs.get(i);
            if (again.numbers() != null && isAgain(again)) {
                Rung before = before(i);
                if (before != null && !before.lost()) {
                    before.isLost();
                }
            }
        }
        boolean unanswered = switch (flow.connection().handshake().kind()) {
            case UNANSWERED -> true;
            default -> false;
        };
        for (Rung rung : rungs) {
            if (unanswered && rung.numbers() != null && rung.side() == Side.CLIENT) {
                rung.isLost();
            }
        }
    }

    private static boolean isAgain(Rung rung) {
        for (TcpEvent.Found found : rung.findings()) {
            if (SENT_AGAIN.contains(found.rule())) {
                return true;
            }
        }
        return false;
    }

    /** The last rung before one that carried the same. */
    private Rung before(int index) {
        Rung again = rungs.get(index);
        for (int i = index - 1; i >= 0; i--) {
            Rung rung = rungs.get(i);
            Numbers numbers = rung.numbers();
            if (numbers != null
                    && rung.side() == again.side()
                    && numbers.end() != numbers.seq()
                    && numbers.seq() == again.numbers().seq()) {
                return rung;
            }
        }
        return null;
    }

    /** Neither of two that follow one another acknowledges the other: each was sent before the other came. */
    private void crossings() {
        for (int i = 0; i + 1 < rungs.size(); i++) {
            Rung one = rungs.get(i);
            Rung other = rungs.get(i + 1);
            boolean both = one.numbers() != null && other.numbers() != null && one.side() != other.side();
            if (both && !one.lost() && !other.lost() && takesNumber(one) && takesNumber(other)) {
                boolean answers = other.numbers().has(TcpSegment.ACK)
                        && SeqNumber.ge(other.numbers().ack(), one.numbers().end());
                if (!answers) {
                    one.crossesNext();
                    i++;
                }
            }
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
        return first.get(side);
    }

    /** Relative to the initial sequence number of the end, which is 0; not below 0. */
    public long relativeSeq(Rung rung) {
        return SeqNumber.unsigned(rung.numbers().seq() - base.getOrDefault(rung.side(), 0));
    }

    /** Relative to the initial sequence number of the other end. */
    public long relativeAck(Rung rung) {
        return SeqNumber.unsigned(
                rung.numbers().ack() - base.getOrDefault(rung.side().peer(), 0));
    }

    /** The books' letter for a sequence number: x and y of the SYNs, u and w of the FINs, or what is one behind; else empty. */
    public String seqLetter(Rung rung) {
        return letter(rung.side(), rung.numbers().seq(), rung);
    }

    /** The same for an acknowledgment number. */
    public String ackLetter(Rung rung) {
        return letter(rung.side().peer(), rung.numbers().ack(), rung);
    }

    private String letter(Side of, int number, Rung rung) {
        boolean closing = rung.closeStep() > 0 || rung.numbers().has(TcpSegment.FIN);
        Integer last = fin.get(of);
        if (closing && last != null && (number == last || number == last + 1)) {
            return (of == closer ? "u" : "w") + (number == last ? "" : "+1");
        }
        Integer isn = base.get(of);
        if (rung.openStep() > 0 && isn != null && (number == isn || number == isn + 1)) {
            return (of == Side.CLIENT ? "x" : "y") + (number == isn ? "" : "+1");
        }
        return "";
    }
}
