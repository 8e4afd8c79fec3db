package tcpflowcheck.flow;

import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.TcpSegment;

/** What is looked at over many flows: told of each as it is born, opens and ends. */
final class Crowds {
    private final HalfOpenWatch halfOpen;
    private final ScanWatch scans;

    Crowds(CrowdLimits limits, CaptureFindings findings, long hashSeed) {
        halfOpen = new HalfOpenWatch(limits, findings, hashSeed);
        scans = new ScanWatch(limits, findings, hashSeed);
    }

    /** The first segment of a flow; whether it opens one. */
    boolean born(TcpSegment first) {
        boolean opens = opens(first);
        if (opens) {
            halfOpen.born(first);
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
        TcpState server = flow.connection().server().state();
        boolean waits = server == TcpState.LISTEN || server == TcpState.SYN_RECEIVED;
        if (!waits || flow.connection().ended()) {
            flow.opening = false;
            halfOpen.done(flow);
        }
    }

    /** A segment has confirmed or refused the handshake that began at {@code start}. */
    void opened(TcpSegment segment, boolean byClient, long start) {
        halfOpen.done(segment, byClient, start);
    }

    void ended(Flow flow) {
        if (flow.roles() == Roles.SYN) {
            scans.ended(flow);
        } else if (flow.prober() != null) {
            scans.probed(flow);
        }
    }

    /** A flow has ended that went by the book: so its handshake was complete. */
    void ended(PlainFlow flow) {
        scans.succeeded(flow);
    }

    /** The capture has ended. */
    void end() {
        halfOpen.end();
    }
}
