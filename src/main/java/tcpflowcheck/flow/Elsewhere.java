package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.IpAddress;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * Finds out whether a connection is in the capture under another address too: captured before and behind a NAT, or
 * with segments that passed a NAT untranslated. Only flows that begin oddly are looked up at once, and a SYN that is the
 * copy of one that was just captured is kept in mind until both ends' numbers are known: scanners send one SYN to many.
 */
final class Elsewhere {
    /** A copy comes so soon where the sender's clock or IP ID tells it from what is sent again. */
    private static final long COPY_NANOS = 200_000_000L;

    /** One host hands on what it translates: a copy that has no mark comes so soon. */
    private static final long HANDED_ON_NANOS = 1_000_000L;

    /** SYNs kept in mind more often than that their copies were confirmed: of more, a flood is made. */
    private static final int MOST_UNCONFIRMED = 1000;

    private final RecentEnds recent = new RecentEnds();
    private final FlowsAlive alive;
    private final HeldFlows held;
    private final EndingFlows ending;
    private final FlowEvents events;
    private final FlowKey found = new FlowKey(0);
    private int unconfirmed;

    Elsewhere(FlowsAlive alive, HeldFlows held, EndingFlows ending, FlowEvents events) {
        this.alive = alive;
        this.held = held;
        this.ending = ending;
        this.events = events;
    }

    /** Under which other address the connection of a flow that begins is or may be; mostly null. */
    @Nullable
    Twin begins(FlowKey key, TcpSegment first, long now) {
        Twin twin = null;
        if (!first.isSyn() || first.isAck()) {
            twin = shows(key, true, first, now);
            twin = twin == null ? shows(key, false, first, now) : twin;
        } else if (isMarked(first) && unconfirmed < MOST_UNCONFIRMED) {
            twin = copied(key, first);
        }
        recent.add(key, first);
        return twin;
    }

    private static boolean isMarked(TcpSegment syn) {
        return syn.options().timestamps() || syn.identification() != 0;
    }

    /** A SYN, copied under another address of its receiver or of its sender. */
    private @Nullable Twin copied(FlowKey key, TcpSegment syn) {
        for (int which = 0; which < 2; which++) {
            boolean low = key.fromLow == (which == 0);
            recent.search(key, low, which == 1);
            while (recent.next(found)) {
                if (shares(key, low) && recent.beganWith(syn, COPY_NANOS)) {
                    unconfirmed++;
                    return new Twin(found, sharedIsLow(key, low), low);
                }
            }
        }
        return null;
    }

    /** A segment that begins no connection, with the numbers of another flow of one of its ends. */
    private @Nullable Twin shows(FlowKey key, boolean low, TcpSegment first, long now) {
        for (int which = 0; which < 2; which++) {
            recent.search(key, low, which == 1);
            while (recent.next(found)) {
                if (!shares(key, low)) {
                    continue;
                }
                Twin twin = new Twin(found, sharedIsLow(key, low), low);
                Flow flow = mayFit(twin, key, first) ? flow(twin, first.frame(), now) : null;
                if (flow != null && twin.fits(flow, key, first)) {
                    boolean copy = twin.isLast(flow, key, first) && first.time() - flow.lastTime() <= HANDED_ON_NANOS;
                    twin.settle(copy ? Rule.DUPLICATE_FRAME : Rule.NAT_BYPASS, flow);
                    return twin;
                }
            }
        }
        return null;
    }

    /** Whether the flow that was found has this end of the key, and another address at the other. */
    private boolean shares(FlowKey key, boolean low) {
        return (isEnd(true, key, low) && !sameAddress(false, key, !low))
                || (isEnd(false, key, low) && !sameAddress(true, key, !low));
    }

    private boolean sharedIsLow(FlowKey key, boolean low) {
        return isEnd(true, key, low) && !sameAddress(false, key, !low);
    }

    private boolean isEnd(boolean foundLow, FlowKey key, boolean low) {
        return sameAddress(foundLow, key, low) && port(found, foundLow) == port(key, low);
    }

    private boolean sameAddress(boolean foundLow, FlowKey key, boolean low) {
        return high(found, foundLow) == high(key, low)
                && low(found, foundLow) == low(key, low)
                && found.ports >>> 32 == key.ports >>> 32;
    }

    private static long high(FlowKey key, boolean low) {
        return low ? key.lowHigh : key.highHigh;
    }

    private static long low(FlowKey key, boolean low) {
        return low ? key.lowLow : key.highLow;
    }

    private static int port(FlowKey key, boolean low) {
        return (int) (low ? key.ports >>> 16 : key.ports) & 0xffff;
    }

    /** Whether to look at the flow that was found: of one that is held the last numbers are known without. */
    private boolean mayFit(Twin twin, FlowKey key, TcpSegment segment) {
        twin.key(found);
        if (alive.find(found) != null || !held.find(found) || held.isTaken()) {
            return true;
        }
        boolean senderIsLow = (key.fromLow == twin.low()) == twin.sharedIsLow();
        boolean sent = held.hasSent(senderIsLow);
        boolean received = held.hasSent(!senderIsLow);
        boolean near = sent && isNear(segment.seq(), held.sentUpTo(senderIsLow));
        boolean acks = received && isNear(segment.ack(), held.sentUpTo(!senderIsLow));
        return segment.isAck() ? acks && (near || !sent) : near;
    }

    /** The flow that was found, if it is still there; one that was held is looked at. */
    private @Nullable Flow flow(Twin twin, long frame, long now) {
        twin.key(found);
        Flow flow = alive.find(found);
        if (flow == null && held.find(found)) {
            flow = ending.bring(found, frame, now);
        }
        return flow == null || flow.deadline <= now ? null : flow;
    }

    /** A segment comes of a flow that may have a twin: once the numbers of all four ends are known, they tell. */
    void compare(Flow own, Twin twin, FlowKey key, TcpSegment segment, long now) {
        Rule rule = twin.rule();
        if (rule != null) {
            own.twin = null;
            tell(own, key, segment, twin, rule, now);
            return;
        }
        Connection connection = own.connection();
        if (!hasSent(connection.client()) || !hasSent(connection.server())) {
            return;
        }
        Flow flow = flow(twin, segment.frame(), now);
        if (flow == null) {
            own.twin = null;
        } else if (hasSent(flow.connection().client())
                && hasSent(flow.connection().server())) {
            own.twin = null;
            Side shared = twin.shared(flow);
            Side ownShared = own.sender(twin.low());
            if (isNear(flow, shared, own, ownShared) && isNear(flow, shared.peer(), own, ownShared.peer())) {
                twin.settle(Rule.DUPLICATE_FRAME, flow);
                unconfirmed--;
                tell(own, key, segment, twin, Rule.DUPLICATE_FRAME, now);
            }
        }
    }

    private static boolean isNear(Flow flow, Side side, Flow own, Side ownSide) {
        return isNear(
                flow.connection().endpoint(side).sentUpTo(),
                own.connection().endpoint(ownSide).sentUpTo());
    }

    private static boolean hasSent(Endpoint end) {
        return end.traffic().packets() > 0;
    }

    /** Says in both flows that each is the other; not in one that has ended, which is told already. */
    private void tell(Flow own, FlowKey key, TcpSegment segment, Twin twin, Rule rule, long now) {
        Flow flow = flow(twin, segment.frame(), now);
        if (flow != null && flow.stream() == twin.stream()) {
            twin.key(found);
            String known = rule == Rule.DUPLICATE_FRAME
                    ? "captured before and behind a NAT: stream " + own.stream() + " is this again"
                    : "stream " + own.stream() + " has its numbers untranslated";
            StringBuilder text = new StringBuilder(160).append(known).append(", where ");
            end(text, found, !twin.sharedIsLow()).append(" is ");
            end(text, key, !twin.low());
            ending.await();
            events.found(flow, rule, twin.sender(flow, key), segment, text.toString());
        }
        twin.key(found);
        StringBuilder text = new StringBuilder(160);
        if (rule == Rule.DUPLICATE_FRAME) {
            text.append("captured before and behind a NAT: this is stream ").append(twin.stream());
            text.append(" again, where ");
        } else {
            text.append("untranslated: its numbers are those of stream ")
                    .append(twin.stream())
                    .append(", where ");
        }
        end(text, key, !twin.low()).append(" is ");
        end(text, found, !twin.sharedIsLow());
        Side sender = own.sender(key.fromLow);
        own.connection().found(rule, sender, segment.frame(), segment.time(), text.toString());
    }

    private static StringBuilder end(StringBuilder text, FlowKey key, boolean low) {
        int version = (int) (key.ports >>> 32);
        return IpAddress.append(text, version, high(key, low), low(key, low))
                .append('.')
                .append(port(key, low));
    }

    /** Numbers of one connection differ no more, as far as they are on their way. */
    static boolean isNear(int number, int other) {
        return SeqNumber.near(number, other, Remains.NEAR);
    }
}
