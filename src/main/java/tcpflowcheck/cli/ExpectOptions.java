package tcpflowcheck.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is expected, and where it is written. */
final class ExpectOptions {
    @Option(names = "--expect", paramLabel = "FILE", description = "exit with 1 if the capture is not as written there")
    private @Nullable String expect;

    @Option(
            names = "--expect-beside",
            description = {"the same with X.expect.yaml beside each X.pcap;", "a capture without one is not checked"})
    private boolean beside;

    @Option(names = "--write-expect", paramLabel = "FILE", description = "write down what was seen, to be expected")
    private @Nullable String write;

    @Option(
            names = "--update-expect",
            description = {"write what was missed anew into the expectation,", "as it was seen; bounds stay"})
    private boolean update;

    @Option(names = "--junit", paramLabel = "FILE", description = "write the checks as JUnit XML")
    private @Nullable String junit;

    @Option(names = "--sarif", paramLabel = "FILE", description = "write the findings as SARIF 2.1.0")
    private @Nullable String sarif;

    /** A path, or null; the others too. */
    @Nullable
    String expect() {
        return expect;
    }

    boolean beside() {
        return beside;
    }

    boolean update() {
        return update;
    }

    @Nullable
    String write() {
        return write;
    }

    @Nullable
    String junit() {
        return junit;
    }

    @Nullable
    String sarif() {
        return sarif;
    }

    boolean checks() {
        return expect != null || beside || junit != null || write != null;
    }

    /** What can't be meant, or null. */
    @Nullable
    String contradiction() {
        if (expect != null && beside) {
            return "--expect and --expect-beside exclude each other";
        }
        if (update && expect == null && !beside) {
            return "--update-expect is for --expect or --expect-beside: name the expectation";
        }
        return null;
    }
}
