package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is read. */
final class InputOptions {
    static final String STANDARD_INPUT = "-";

    @Parameters(paramLabel = "FILE...", hideParamSyntax = true, description = "pcap or pcapng; - is standard input")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "stop after N frames")
    private long count = Long.MAX_VALUE;

    /** Paths in the order of the command line; {@value #STANDARD_INPUT} is standard input. */
    List<String> files() {
        return files;
    }

    /** The most frames to read. */
    long count() {
        return count;
    }
}
