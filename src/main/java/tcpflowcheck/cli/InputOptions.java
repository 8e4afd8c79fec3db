package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is read. */
final class InputOptions {
    static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "FILE...",
            hideParamSyntax = true,
            description = "pcap or pcapng, also compressed; - is standard input")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "of a folder, all captures in it")
    private boolean recursive;

    @Option(names = "--merge", description = "all files are one capture, in time order")
    private boolean merge;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "EXPR",
            description = "only what a pcap-filter expression lets pass")
    private String filter;

    @Option(
            names = "--reader",
            paramLabel = "auto|libpcap",
            converter = Reader.Word.class,
            description = "libpcap reads what only it understands")
    private Reader reader = Reader.AUTO;

    @Option(names = "--no-tunnels", description = "look for no packet in another")
    private boolean noTunnels;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "stop after N frames")
    private long count = Long.MAX_VALUE;

    void plainFile(String name) {
        files.add(name);
    }

    boolean recursive() {
        return recursive;
    }

    boolean merge() {
        return merge;
    }

    boolean tunnels() {
        return !noTunnels;
    }

    enum Reader {
        AUTO,
        LIBPCAP;

        static final class Word extends Words<Reader> {
            Word() {
                super(Reader.class);
            }
        }
    }

    /** A pcap-filter expression, or null. */
    String filter() {
        return filter;
    }

    boolean throughLibpcap() {
        return reader == Reader.LIBPCAP;
    }

    /** Paths in the order of the command line; {@value #STANDARD_INPUT} is standard input. */
    List<String> files() {
        return files;
    }

    /** The most frames to read. */
    long count() {
        return count;
    }
}
