package tcpflowcheck.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
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
        private @Nullable CaptureFinding finding;

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

    /** As {@link CrowdEvents#attempt}. */
    void attempt(Rule rule, FlowEnds flow, Side from, long firstFrame, boolean fails) {
        boolean atHost = rule == Rule.PORT_SCAN;
        Side to = from.peer();
        int version = flow.ipVersion();
        long fromHigh = flow.addressHigh(from);
        long fromLow = flow.addressLow(from);
        long toHigh = flow.addressHigh(to);
        long toLow = flow.addressLow(to);
        int port = flow.port(to);
        Attempts attempts = atHost
                ? ports.of(fromHigh, fromLow, toHigh, toLow, version)
                : hosts.of(fromHigh, fromLow, 0, 0, port << 4 | version);
        if (!fails) {
            attempts.succeeded++;
            return;
        }
        attempts.firstFrame = attempts.failed == 0 ? firstFrame : attempts.firstFrame;
        boolean another = attempts.fails(CountTable.mix(atHost ? port : CountTable.mix(toLow) ^ toHigh));
        if (attempts.finding == null) {
            boolean seldom = attempts.succeeded <= attempts.failed;
            if (!another || !seldom || attempts.different() < (atHost ? limits.scanPorts() : limits.scanHosts())) {
                return;
            }
            String where = atHost
                    ? " ports of " + IpAddress.text(version, toHigh, toLow) + " refuse it or do not answer"
                    : " hosts refuse it or do not answer on port " + port;
            attempts.finding =
                    findings.found(rule, attempts.firstFrame, IpAddress.text(version, fromHigh, fromLow) + ": ", where);
        }
        if (another && attempts.isExact()) {
            attempts.finding.count(attempts.different());
        } else if (another) {
            attempts.finding.estimate(attempts.different());
        }
    }
}
