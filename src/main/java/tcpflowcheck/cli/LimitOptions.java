package tcpflowcheck.cli;

import picocli.CommandLine.Option;

/** When a flow is over for want of segments, and how many are held. */
final class LimitOptions {
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
            description = "silent flows are over after (3600)")
    private long idleTimeout = 3600 * Seconds.NANOS;

    @Option(
            names = "--max-flows",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "flows held at once (2000000)")
    private long maxFlows = 2_000_000;

    /** Nanoseconds. */
    long msl() {
        return msl;
    }

    /** Nanoseconds. */
    long synTimeout() {
        return synTimeout;
    }

    /** Nanoseconds. */
    long idleTimeout() {
        return idleTimeout;
    }

    int maxFlows() {
        return (int) Math.min(maxFlows, Integer.MAX_VALUE);
    }
}
