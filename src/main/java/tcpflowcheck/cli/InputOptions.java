package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is read. */
final class InputOptions {
    static final String STANDARD_INPUT = "-";

    /** Of {@code -r} with another option behind it; no file's name. */
    private static final String NO_VALUE = "\0";

    @Parameters(
            paramLabel = "FILE...",
            hideParamSyntax = true,
            description = "pcap or pcapng, also compressed; - is standard input")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "-r",
            arity = "0..1",
            fallbackValue = NO_VALUE,
            paramLabel = "FILE",
            hideParamSyntax = true,
            description = {
                "read FILE, or all captures of a folder; as for",
                "tcpdump, words that are no files are a filter"
            })
    private List<String> read = new ArrayList<>();

    @Option(names = "--recursive", description = "of folders, all captures in them")
    private boolean recursive;

    private boolean readsFolders;

    @Option(names = "--merge", description = "all files are one capture, in time order")
    private boolean merge;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "EXPR",
            description = "only what a pcap-filter expression lets pass")
    private @Nullable String filter;

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

    /**
     * As tcpdump has it, the words behind {@code -r FILE} and {@code -i NAME} are a filter: here if none of them is a file.
     *
     * @param live whether {@code -i} is there
     */
    void readAsTcpdump(boolean live) {
        readsFolders = recursive || !read.isEmpty();
        read.removeIf(NO_VALUE::equals);
        boolean expression = filter == null && (live || !read.isEmpty()) && !files.isEmpty();
        for (String word : files) {
            expression &= !InputFiles.isMeant(word);
        }
        if (expression) {
            filter = String.join(" ", files);
            files.clear();
        }
        files.addAll(0, read);
    }

    boolean recursive() {
        return readsFolders;
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
    @Nullable
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
