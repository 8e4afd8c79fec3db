package tcpflowcheck.flow;

import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.IpAddress;

/**
 * Notices scans: one host that is refused or not answered by many ports of another host, or by many hosts on one port,
 * and seldom succeeds there. Counting per pair of hosts, and per host and port, keeps apart the many users behind one
 * address and the many peers of one program. Different ports and hosts are counted by linear counting (Whang et al.,
 * 1990) in 1024 bits: no memory grows with them, and the error near the limit is below one in thirty. The counters are
 * kept in a {@link CountTable}.
 */
final class ScanWatch {
    private static final int PAIRS = 1 << 14;

    private final CrowdLimits limits;
    private final CaptureFindings findings;
    private final CountTable<Attempts> ports;
    private final CountTable<Attempts> hosts;
    private final long seed;

    ScanWatch(CrowdLimits limits, CaptureFindings findings, long hashSeed) {
        this.limits = limits;
        this.findings = findings;
        seed = hashSeed;
        ports = new CountTable<>(PAIRS, Attempts::new, hashSeed);
        hosts = new CountTable<>(PAIRS, Attempts::new, hashSeed);
    }

    /** What a host tried at another, or on a port. */
    private static final class Attempts extends CountTable.Entry {
        private static final int BITS = 1024;

        private final long[] bits = new long[BITS / Long.SIZE];
        private int zeros = BITS;
        private long failed;
        private long succeeded;
        private long firstFrame;
        private CaptureFinding finding;

        @Override
        long weight() {
            return finding != null ? Long.MAX_VALUE : BITS - zeros;
        }

        @Override
        void clear() {
            java.util.Arrays.fill(bits, 0);
            zeros = BITS;
            failed = 0;
            succeeded = 0;
            firstFrame = 0;
            finding = null;
        }

        /** An attempt failed at the port or host of this hash; whether it is a new one. */
        boolean fails(long hash) {
            failed++;
            int at = (int) (hash >>> 54);
            long bit = 1L << at;
            boolean isNew = (bits[at / Long.SIZE] & bit) == 0;
            if (isNew) {
                bits[at / Long.SIZE] |= bit;
                zeros--;
            }
            return isNew;
        }

        /** How many different ones; more than about 7,000 are not told apart. */
        long different() {
            return Math.round(BITS * Math.log((double) BITS / Math.max(zeros, 1)));
        }
    }

    /** A flow that its client's SYN opened has ended. */
    void ended(Flow flow) {
        Handshake.Kind kind = flow.connection().handshake().kind();
        boolean fails = kind == Handshake.Kind.REFUSED || kind == Handshake.Kind.UNANSWERED;
        long clientHigh = flow.addressHigh(Side.CLIENT);
        long clientLow = flow.addressLow(Side.CLIENT);
        long serverHigh = flow.addressHigh(Side.SERVER);
        long serverLow = flow.addressLow(Side.SERVER);
        int port = flow.port(Side.SERVER);
        int version = flow.ipVersion();
        Attempts atHost = ports.of(clientHigh, clientLow, serverHigh, serverLow, version);
        Attempts onPort = hosts.of(clientHigh, clientLow, 0, 0, port << 4 | version);
        if (!fails) {
            atHost.succeeded++;
            onPort.succeeded++;
            return;
        }
        count(Rule.PORT_SCAN, limits.scanPorts(), atHost, CountTable.mix(seed ^ port), flow);
        count(
                Rule.HOST_SCAN,
                limits.scanHosts(),
                onPort,
                CountTable.mix(CountTable.mix(seed ^ serverLow) ^ serverHigh),
                flow);
    }

    private void count(Rule rule, long limit, Attempts attempts, long hash, Flow flow) {
        attempts.firstFrame = attempts.failed == 0 ? flow.firstFrame() : attempts.firstFrame;
        boolean another = attempts.fails(CountTable.mix(hash));
        if (attempts.finding == null) {
            boolean seldom = attempts.succeeded <= attempts.failed;
            if (!another || !seldom || attempts.different() < limit) {
                return;
            }
            String client = address(flow, Side.CLIENT);
            attempts.finding = rule == Rule.PORT_SCAN
                    ? findings.found(
                            rule,
                            attempts.firstFrame,
                            client + ": about ",
                            " ports of " + address(flow, Side.SERVER) + " refuse it or do not answer")
                    : findings.found(
                            rule,
                            attempts.firstFrame,
                            client + ": about ",
                            " hosts refuse it or do not answer on port " + flow.port(Side.SERVER));
        }
        if (another) {
            attempts.finding.count(attempts.different());
        }
    }

    private static String address(Flow flow, Side side) {
        return IpAddress.text(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side));
    }
}
