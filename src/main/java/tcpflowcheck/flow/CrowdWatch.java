package tcpflowcheck.flow;

import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;

/** Notices floods and scans. */
public final class CrowdWatch implements CrowdEvents {
    private final HalfOpenWatch halfOpen;
    private final ScanWatch scans;

    /** @param findings where what is noticed goes */
    public CrowdWatch(CrowdLimits limits, CaptureFindings findings, long hashSeed) {
        halfOpen = new HalfOpenWatch(limits, findings, hashSeed);
        scans = new ScanWatch(limits, findings, hashSeed);
    }

    @Override
    public void born(int ipVersion, long high, long low, int port, long time, long frame) {
        halfOpen.born(ipVersion, high, low, port, time, frame);
    }

    @Override
    public void done(int ipVersion, long high, long low, int port, long start) {
        halfOpen.done(ipVersion, high, low, port, start);
    }

    @Override
    public void attempt(Rule rule, FlowEnds flow, Side from, long firstFrame, boolean fails) {
        scans.attempt(rule, flow, from, firstFrame, fails);
    }

    @Override
    public void end() {
        halfOpen.end();
    }
}
