package tcpflowcheck.flow;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.TcpSegment;

/** What is looked at over many flows: told of each as it is born, opens and ends. */
final class Crowds {
    private final CrowdEvents events;

    Crowds(CrowdEvents events) {
        this.events = events;
    }

    /** The first segment of a flow; whether it opens one. */
    boolean born(TcpSegment first) {
        boolean opens = opens(first);
        if (opens) {
            events.born(
                    first.ipVersion(),
                    first.destinationHigh(),
                    first.destinationLow(),
                    first.destinationPort(),
                    first.time(),
                    first.frame());
        }
        return opens;
    }

    static boolean opens(TcpSegment first) {
        return first.isSyn() && !first.isAck() && !first.isRst() && !first.isFin();
    }

    /** Something of a flow has passed. */
    void follow(Flow flow) {
        if (!flow.opening) {
            return;
        }
        TcpState state = flow.connection().server().state();
        boolean waits = state == TcpState.LISTEN || state == TcpState.SYN_RECEIVED;
        if (!waits || flow.connection().ended()) {
            flow.opening = false;
            Side server = Side.SERVER;
            events.done(
                    flow.ipVersion(),
                    flow.addressHigh(server),
                    flow.addressLow(server),
                    flow.port(server),
                    flow.start());
        }
    }

    /** A segment has confirmed or refused the handshake that began at {@code start}. */
    void opened(TcpSegment segment, boolean byClient, long start) {
        events.done(
                segment.ipVersion(),
                byClient ? segment.destinationHigh() : segment.sourceHigh(),
                byClient ? segment.destinationLow() : segment.sourceLow(),
                byClient ? segment.destinationPort() : segment.sourcePort(),
                start);
    }

    void ended(Flow flow) {
        if (flow.roles() == Roles.SYN) {
            tried(flow);
        } else {
            Side prober = flow.prober();
            if (prober != null) {
                probed(flow, prober);
            }
        }
    }

    /** A flow that its client's SYN opened has ended; one that was not waited for has not failed yet. */
    private void tried(Flow flow) {
        Handshake.Kind kind = flow.connection().handshake().kind();
        boolean evicted = kind == Handshake.Kind.EVICTED;
        boolean waited = flow.connection().timing().silenceAtEndNanos() >= Connection.FIRST_TIMEOUT_NANOS;
        if (kind == Handshake.Kind.CUT || (evicted && !waited)) {
            return;
        }
        boolean silent = kind == Handshake.Kind.UNANSWERED
                || (evicted && !flow.connection().handshake().isAnswered());
        boolean refused = kind == Handshake.Kind.REFUSED || kind == Handshake.Kind.UNREACHABLE;
        attempt(flow, Side.CLIENT, flow.firstFrame(), refused || silent);
    }

    /** A flow has ended that began with a segment of no connection, to which an open port says nothing, a closed one RST. */
    private void probed(Flow flow, Side prober) {
        Side target = prober.peer();
        boolean fails = flow.connection().endpoint(target).traffic().octets() == 0;
        attempt(flow, prober, flow.firstFrame(), fails);
    }

    /** A flow has ended that went by the book: so its handshake was complete. */
    void ended(PlainFlow flow) {
        attempt(flow, Side.CLIENT, 0, false);
    }

    private void attempt(FlowEnds flow, Side from, long firstFrame, boolean fails) {
        events.attempt(Rule.PORT_SCAN, flow, from, firstFrame, fails);
        events.attempt(Rule.HOST_SCAN, flow, from, firstFrame, fails);
    }

    /** The capture has ended. */
    void end() {
        events.end();
    }
}
