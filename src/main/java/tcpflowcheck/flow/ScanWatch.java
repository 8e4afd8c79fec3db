package tcpflowcheck.flow;

import java.util.Arrays;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.IpAddress;

/**
 * Notices scans: one host that is refused or not answered by many ports of another host, or by many hosts on one port,
 * and seldom succeeds there. Counting per pair of hosts, and per host and port, keeps apart the many users behind one
 * address and the many peers of one program. Different ports and hosts are counted one by one up to 128 and beyond by
 * linear counting (Whang et al., 1990) in 1024 bits, so that no memory grows with them. That sketch has no secret seed:
 * whoever aims at it is long found, and two runs say the same. The counters are kept in a {@link CountTable}.
 */
final class ScanWatch {
    private static final int PAIRS = 1 << 14;

    private final CrowdLimits limits;
    private final CaptureFindings findings;
    private final CountTable<Attempts> ports;
    private final CountTable<Attempts> hosts;

    ScanWatch(CrowdLimits limits, CaptureFindings findings, long hashSeed) {
        this.limits = limits;
        this.findings = findings;
        ports = new AttemptsTable(hashSeed);
        hosts = new AttemptsTable(hashSeed);
    }

    private static final class AttemptsTable extends CountTable<Attempts> {
        AttemptsTable(long hashSeed) {
            super(PAIRS, hashSeed);
        }

        @Override
        Attempts born() {
            return new Attempts();
        }
    }

    /** What a host tried at another, or on a port. */
    private static final class Attempts extends CountTable.Entry {
        private static final int BITS = 1024;
        private static final int EXACT = 128;

        private int[] first = new int[8];
        private int known;
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
            if (zeros < BITS) {
                Arrays.fill(bits, 0);
                zeros = BITS;
            }
            known = 0;
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
            return known < EXACT ? remember((int) hash) : isNew;
        }

        private boolean remember(int hash) {
            for (int i = 0; i < known; i++) {
                if (first[i] == hash) {
                    return false;
                }
            }
            if (known == first.length) {
                first = Arrays.copyOf(first, 2 * known);
            }
            first[known++] = hash;
            return true;
        }

        boolean isExact() {
            return known < EXACT;
        }

        /** How many different ones; more than about 7,000 are not told apart. */
        long different() {
            return isExact() ? known : Math.max(known, estimate());
        }

        private long estimate() {
            return Math.round(BITS * Math.log((double) BITS / Math.max(zeros, 1)));
        }
    }

    /** A flow that its client's SYN opened has ended; one that was not waited for has not failed yet. */
    void ended(Flow flow) {
        Handshake.Kind kind = flow.connection().handshake().kind();
        boolean evicted = kind == Handshake.Kind.EVICTED;
        boolean waited = flow.connection().timing().silenceAtEndNanos() >= Connection.FIRST_TIMEOUT_NANOS;
        if (kind == Handshake.Kind.CUT || (evicted && !waited)) {
            return;
        }
        boolean silent = kind == Handshake.Kind.UNANSWERED
                || (evicted && !flow.connection().handshake().isAnswered());
        boolean refused = kind == Handshake.Kind.REFUSED || kind == Handshake.Kind.UNREACHABLE;
        ended(flow, Side.CLIENT, refused || silent);
    }

    /** A flow has ended that began with a segment of no connection, to which an open port says nothing, a closed one RST. */
    void probed(Flow flow) {
        Side target = flow.prober().peer();
        ended(flow, flow.prober(), flow.connection().endpoint(target).traffic().octets() == 0);
    }

    /** A flow has ended that its client opened. */
    void succeeded(PlainFlow flow) {
        long fromHigh = flow.addressHigh(Side.CLIENT);
        long fromLow = flow.addressLow(Side.CLIENT);
        int version = flow.ipVersion();
        long toHigh = flow.addressHigh(Side.SERVER);
        ports.of(fromHigh, fromLow, toHigh, flow.addressLow(Side.SERVER), version).succeeded++;
        hosts.of(fromHigh, fromLow, 0, 0, flow.port(Side.SERVER) << 4 | version).succeeded++;
    }

    private void ended(Flow flow, Side scanner, boolean fails) {
        Side target = scanner.peer();
        long fromHigh = flow.addressHigh(scanner);
        long fromLow = flow.addressLow(scanner);
        long toHigh = flow.addressHigh(target);
        long toLow = flow.addressLow(target);
        int port = flow.port(target);
        int version = flow.ipVersion();
        Attempts atHost = ports.of(fromHigh, fromLow, toHigh, toLow, version);
        Attempts onPort = hosts.of(fromHigh, fromLow, 0, 0, port << 4 | version);
        if (!fails) {
            atHost.succeeded++;
            onPort.succeeded++;
            return;
        }
        count(Rule.PORT_SCAN, limits.scanPorts(), atHost, port, flow, scanner);
        count(Rule.HOST_SCAN, limits.scanHosts(), onPort, CountTable.mix(toLow) ^ toHigh, flow, scanner);
    }

    private void count(Rule rule, long limit, Attempts attempts, long hash, Flow flow, Side scanner) {
        attempts.firstFrame = attempts.failed == 0 ? flow.firstFrame() : attempts.firstFrame;
        boolean another = attempts.fails(CountTable.mix(hash));
        if (attempts.finding == null) {
            boolean seldom = attempts.succeeded <= attempts.failed;
            if (!another || !seldom || attempts.different() < limit) {
                return;
            }
            String from = address(flow, scanner);
            attempts.finding = rule == Rule.PORT_SCAN
                    ? findings.found(
                            rule,
                            attempts.firstFrame,
                            from + ": ",
                            " ports of " + address(flow, scanner.peer()) + " refuse it or do not answer")
                    : findings.found(
                            rule,
                            attempts.firstFrame,
                            from + ": ",
                            " hosts refuse it or do not answer on port " + flow.port(scanner.peer()));
        }
        if (another && attempts.isExact()) {
            attempts.finding.count(attempts.different());
        } else if (another) {
            attempts.finding.estimate(attempts.different());
        }
    }

    private static String address(Flow flow, Side side) {
        return IpAddress.text(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side));
    }
}
