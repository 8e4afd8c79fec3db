package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/**
 * An end holds the connection though its peer opens the port anew: it answers one SYN after the other by its ACK (RFC 5961,
 * section 4), in TIME-WAIT as well where they are not beyond what it has seen (RFC 9293, section 3.10.7.4).
 */
final class StillHeld {
    private final Rule rule;
    private final Side holder;
    private final TcpState state;
    private final long frame;
    private final long time;
    private int answers;
    private long lastAnswer;

    /** An RST of the peer that rejects an answer, or 0. */
    private long rejectedIn;

    private boolean goesOn;

    /** The first such SYN, which is found by this rule, goes to {@code holder}. */
    StillHeld(Rule rule, Endpoint holder, TcpSegment syn) {
        this.rule = rule;
        this.holder = holder.side();
        state = rule == Rule.TIME_WAIT_REUSE ? TcpState.TIME_WAIT : holder.state();
        frame = syn.frame();
        time = syn.time();
    }

    boolean isSaidBy(Rule other) {
        return rule == other;
    }

    /** It answers a SYN. */
    void answers(TcpSegment ack) {
        answers++;
        lastAnswer = ack.time();
        goesOn |= rejectedIn > 0;
    }

    void isRejected(TcpSegment rst) {
        rejectedIn = rejectedIn == 0 ? rst.frame() : rejectedIn;
    }

    /** Nothing more is to come: once is no more than the challenge ACK says. */
    void end(Connection connection, long until, Ending ending) {
        if (answers < 2) {
            return;
        }
        String message = "the " + holder + " in " + state + " answers the SYNs by its ACK, " + answers + " times in "
                + Span.text(lastAnswer - time);
        message += state == TcpState.TIME_WAIT ? ": none is beyond the connection there" : ": it holds the connection";
        if (goesOn) {
            message += "; the " + holder.peer() + "'s RSTs from frame " + rejectedIn + " on do not end that";
        }
        if (ending == Ending.PORTS_REUSED) {
            message += "; opened anew " + Span.text(until - time) + " after the first";
        }
        connection.sumUp(TcpEvent.Found.of(rule, holder.peer(), frame, time, message), false);
    }
}
