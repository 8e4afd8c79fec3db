package tcpflowcheck.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.FlowLimits;

/** When a flow is over for want of segments, and how many are held. */
final class LimitOptions {
    private static final long RESERVED = 48L << 20;
    private static final long LIVE_IDLE_TIMEOUT = 7500 * Seconds.NANOS;

    @Option(
            names = "--msl",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "half of TIME-WAIT: maximum segment lifetime (60)")
    private long msl = 60 * Seconds.NANOS;

    @Option(
            names = "--syn-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "half-open flows are given up after (75)")
    private long synTimeout = 75 * Seconds.NANOS;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = {"silent flows are over after (files: never, only", "--max-flows ends them; live: 7500)"})
    private @Nullable Long idleTimeout;

    @Option(
            names = "--max-flows",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "flows held at once (2000000)")
    private long maxFlows = 2_000_000;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            converter = Octets.class,
            description = "what flows may take of Java's heap, such as 512m (70 %%)")
    private @Nullable Long maxMemory;

    @Option(
            names = "--syn-flood-rate",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "half-open connections a second: a flood (50)")
    private long floodRate = CrowdLimits.DEFAULT.floodRate();

    @Option(
            names = "--syn-flood-share",
            paramLabel = "PERCENT",
            converter = WholeNumber.Percent.class,
            description = "and at least this share of all (80)")
    private long floodShare = CrowdLimits.DEFAULT.floodShare();

    @Option(
            names = "--scan-size",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = {"ports of a host, or hosts on a port, whose", "refusals make a scan (30)"})
    private long scan = CrowdLimits.DEFAULT.scanPorts();

    CrowdLimits crowd() {
        return new CrowdLimits(floodRate, floodShare, scan, scan);
    }

    /** Nanoseconds. */
    long msl() {
        return msl;
    }

    /** Nanoseconds. */
    long synTimeout() {
        return synTimeout;
    }

    /**
     * How long a flow may be silent: two hours pass between keep-alives (RFC 9293, section 3.8.4).
     *
     * @param live whether a network is listened to, without an end
     * @return nanoseconds, or {@link FlowLimits#NEVER}
     */
    long idleTimeout(boolean live) {
        if (idleTimeout != null) {
            return idleTimeout;
        }
        return live ? LIVE_IDLE_TIMEOUT : FlowLimits.NEVER;
    }

    /**
     * What flows may take: by default most of Java's heap but for the tables of fixed size and what is made and dropped.
     * The launcher gives Java half of the machine's memory, or of the container's.
     *
     * @return octets
     */
    long maxMemory() {
        long heap = Runtime.getRuntime().maxMemory();
        return maxMemory != null ? maxMemory : Math.max(heap / 10 * 7 - RESERVED, heap / 10);
    }

    /** Of that, octets for flows that have ended and wait until they are told. */
    long maxWaiting() {
        return maxMemory() / 5;
    }

    int maxFlows() {
        return (int) Math.min(maxFlows, Integer.MAX_VALUE);
    }
}
