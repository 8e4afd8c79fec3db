package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.TcpSegment;

/** The connection that used the same addresses and ports before: its segments may come late, into the next one. */
final class Former {
    private final Connection former;
    private final Connection connection;
    private final boolean rolesSwapped;

    Former(Connection former, Connection connection, boolean rolesSwapped) {
        this.former = former;
        this.connection = connection;
        this.rolesSwapped = rolesSwapped;
    }

    /**
     * The connection before in words, if a segment of {@code side} acknowledges all that came of it, and nothing beyond;
     * else null.
     */
    @Nullable
    String heldBy(Side side, TcpSegment segment) {
        Endpoint then = former.endpoint(rolesSwapped ? side.peer() : side);
        if (!then.rcvNxtKnown() || then.rcvNxt() != segment.ack()) {
            return null;
        }
        return "the connection before" + (then.state() == TcpState.TIME_WAIT ? " in TIME-WAIT" : "");
    }

    /** Whether a segment that it {@linkplain #heldBy holds} shows that it has sent no FIN: then it never was in TIME-WAIT. */
    boolean isOpenAt(Side side, TcpSegment segment) {
        Endpoint then = former.endpoint(rolesSwapped ? side.peer() : side);
        return heldBy(side, segment) != null && !then.finSent() && segment.seq() == then.sndNxt();
    }

    /** Whether a segment of {@code side} is one of the connection before, which is found then. */
    boolean sent(Side side, TcpSegment segment) {
        Endpoint now = connection.endpoint(side);
        Endpoint then = former.endpoint(rolesSwapped ? side.peer() : side);
        if (now.mayBeSending(segment.seq()) || !then.hasSent(segment.seq())) {
            return false;
        }
        connection.found(Rule.OLD_DUPLICATE, now, segment, "its sequence number is of the connection before");
        return true;
    }
}
