package tcpflowcheck.tcp;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.wire.IcmpError;

/**
 * The ICMP errors that quote segments of one connection (RFC 9293, section 3.9.2.2). They are hints: only an end in SYN-SENT
 * gives up by one, and what quotes a number that was never sent is not believed (RFC 5927, section 4.1).
 */
public final class IcmpErrors {
    /** Different ones that are kept; of more the findings tell how many. */
    private static final int MOST = 16;

    private final Connection connection;
    private final List<IcmpSaid> said = new ArrayList<>(1);
    private long lastPrint;
    private long lastTime;

    public IcmpErrors(Connection connection) {
        this.connection = connection;
    }

    /** What was said, in order of the first time. */
    public List<IcmpSaid> list() {
        return said;
    }

    /**
     * An error passes.
     *
     * @param side whose segment it quotes
     */
    public void on(Side side, IcmpError error) {
        if (isCopy(error)) {
            return;
        }
        Endpoint end = connection.endpoint(side);
        boolean sent = end.mayHaveSent(error.quotedSeq());
        IcmpSaid one = note(side, error, sent);
        if (!sent) {
            found(Rule.ICMP_UNACCEPTABLE, end, error, one);
        } else if (error.isTooBig()) {
            found(Rule.PATH_MTU, end, error, one);
        } else if (error.isUnreachable() && end.isOpeningBy(error.quotedSeq())) {
            found(Rule.HANDSHAKE_UNREACHABLE, end, error, one);
            connection.handshake().unreachable(one);
            if (end.state() == TcpState.SYN_SENT) {
                connection.givesUp(end, error.frame(), error.time());
            }
        } else {
            found(Rule.ICMP_ERROR, end, error, one);
        }
    }

    private boolean isCopy(IcmpError error) {
        long print = error.sourceHigh() * 31 + error.sourceLow();
        print = print * 31 + (error.type() << 8 | error.code());
        print = print * 31 + error.rest();
        print = print * 31 + error.quotedSourcePort();
        print = print * 31 + error.quotedSeq();
        print = print * 31 + error.quotedIdentification();
        print = print * 31 + error.identification();
        long within = error.identification() > 0 ? Traffic.MARKED_COPY_NANOS : Traffic.PLAIN_COPY_NANOS;
        boolean copy = print == lastPrint && error.time() - lastTime <= within;
        lastPrint = print;
        lastTime = error.time();
        return copy;
    }

    private IcmpSaid note(Side side, IcmpError error, boolean sent) {
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).isSameAs(side, error, sent)) {
                said.get(i).again();
                return said.get(i);
            }
        }
        IcmpSaid one = new IcmpSaid(side, error, sent);
        if (said.size() < MOST) {
            said.add(one);
        }
        return one;
    }

    private void found(Rule rule, Endpoint end, IcmpError error, IcmpSaid one) {
        boolean counted = !connection.isHeard() && connection.findings().again(rule, end.side(), error.frame());
        if (!counted) {
            String message = one.text() + behind(rule, end, error) + ", says " + one.sender();
            connection.found(rule, end.side(), error.frame(), error.time(), message);
        }
    }

    /** What the quoted number says. */
    private static String behind(Rule rule, Endpoint end, IcmpError error) {
        return switch (rule) {
            case HANDSHAKE_UNREACHABLE ->
                end.state() == TcpState.SYN_RECEIVED ? " answers the SYN,ACK" : " answers the SYN";
            case ICMP_UNACCEPTABLE -> {
                int beyond = error.quotedSeq() - end.sndNxt();
                yield " quotes what the " + end.side() + " has not sent, "
                        + (beyond > 0 ? beyond + " beyond all that" : -beyond + " back from all that");
            }
            default -> {
                boolean past = error.isUnreachable() && end.state().isSynchronized();
                yield past ? ", no more than a hint in " + end.state() : "";
            }
        };
    }
}
