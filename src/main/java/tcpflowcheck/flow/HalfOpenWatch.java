package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.IpAddress;

/**
 * Notices SYN floods: connections to one server's port that stay half-open, in windows of five seconds by the time of
 * the SYN. A window is judged when the next one has passed too, so a burst of connections to a busy server has had the
 * time to complete; refused and given-up connections are not half-open. Counters are kept in a {@link CountTable}.
 */
final class HalfOpenWatch {
    private static final int ENDPOINTS = 1 << 14;
    private static final long WINDOW_SECONDS = 5;
    private static final long WINDOW_NANOS = WINDOW_SECONDS * 1_000_000_000L;

    private final CrowdLimits limits;
    private final CaptureFindings findings;
    private final CountTable<Endpoint> endpoints;

    HalfOpenWatch(CrowdLimits limits, CaptureFindings findings, long hashSeed) {
        this.limits = limits;
        this.findings = findings;
        endpoints = new CountTable<>(ENDPOINTS, hashSeed) {
            @Override
            Endpoint born() {
                return new Endpoint();
            }
        };
    }

    /** A server's address and port: the window of the last SYN and the one before. */
    private static final class Endpoint extends CountTable.Entry {
        private int ipVersion;
        private long addressHigh;
        private long addressLow;
        private int port;
        private long window;
        private long firstFrame;
        private long born;
        private long done;
        private long bornBefore;
        private long doneBefore;
        private long most;
        private @Nullable CaptureFinding finding;

        @Override
        long weight() {
            return finding != null ? Long.MAX_VALUE : born - done + bornBefore - doneBefore;
        }

        @Override
        void clear() {
            window = Long.MIN_VALUE;
            born = 0;
            done = 0;
            bornBefore = 0;
            doneBefore = 0;
            most = 0;
            finding = null;
        }
    }

    /** A SYN opens a flow. */
    void born(int ipVersion, long high, long low, int port, long time, long frame) {
        Endpoint endpoint = of(ipVersion, high, low, port);
        long window = Math.floorDiv(time, WINDOW_NANOS);
        if (endpoint.window == Long.MIN_VALUE) {
            endpoint.ipVersion = ipVersion;
            endpoint.addressHigh = high;
            endpoint.addressLow = low;
            endpoint.port = port;
            endpoint.firstFrame = frame;
            endpoint.window = window;
        }
        if (window > endpoint.window) {
            turn(endpoint, window);
        }
        endpoint.born++;
    }

    private void turn(Endpoint endpoint, long window) {
        judge(endpoint, endpoint.bornBefore, endpoint.doneBefore);
        boolean next = window == endpoint.window + 1;
        if (!next) {
            judge(endpoint, endpoint.born, endpoint.done);
        }
        endpoint.bornBefore = next ? endpoint.born : 0;
        endpoint.doneBefore = next ? endpoint.done : 0;
        endpoint.born = 0;
        endpoint.done = 0;
        endpoint.window = window;
    }

    /** The flow to this server that was born at {@code start} is no longer half-open. */
    void done(int ipVersion, long high, long low, int port, long start) {
        Endpoint endpoint = of(ipVersion, high, low, port);
        long window = Math.floorDiv(start, WINDOW_NANOS);
        if (endpoint.window == Long.MIN_VALUE) {
            return; // it gave way while the handshake went on, and so did the SYN's count
        }
        if (window == endpoint.window) {
            endpoint.done++;
        } else if (window == endpoint.window - 1) {
            endpoint.doneBefore++;
        }
    }

    /** The capture has ended: what has not been judged is judged together, since the last SYNs had no time. */
    void end() {
        for (Endpoint endpoint : endpoints.entries()) {
            judge(endpoint, endpoint.born + endpoint.bornBefore, endpoint.done + endpoint.doneBefore);
        }
    }

    private void judge(Endpoint endpoint, long born, long done) {
        long halfOpen = born - done;
        if (halfOpen < limits.floodRate() * WINDOW_SECONDS || 100 * halfOpen < limits.floodShare() * born) {
            return;
        }
        if (endpoint.finding == null) {
            String server = IpAddress.text(endpoint.ipVersion, endpoint.addressHigh, endpoint.addressLow);
            endpoint.finding = findings.found(
                    Rule.SYN_FLOOD,
                    endpoint.firstFrame,
                    server + "." + endpoint.port + ": ",
                    " half-open connections within " + WINDOW_SECONDS + " s at the worst");
        }
        endpoint.most = Math.max(endpoint.most, halfOpen);
        endpoint.finding.count(endpoint.most);
    }

    private Endpoint of(int ipVersion, long addressHigh, long addressLow, int port) {
        return endpoints.of(addressHigh, addressLow, 0, 0, port << 4 | ipVersion);
    }
}
