package tcpflowcheck.cli;

import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is written. */
final class OutputOptions {
    /** The values of {@code --format}. */
    enum Format {
        TEXT,
        JSON;

        static final class Word extends Words<Format> {
            Word() {
                super(Format.class);
            }
        }
    }

    private static final String ALL = "all";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Word.class,
            description = "text (default), or json: one object a line")
    private Format format;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Option(
            names = "--annotate",
            paramLabel = "FILE.pcapng",
            description = {"write the capture again, with what was found", "as comments that Wireshark shows"})
    private String annotate;

    @Option(
            names = "--extract",
            arity = "2",
            paramLabel = "N,... FILE",
            hideParamSyntax = true,
            description = "write the frames of these streams, or of all that --only takes: all FILE")
    private String[] extract;

    /** Takes a word without a value; false if it is none of these. */
    boolean plain(String word) {
        json |= word.equals("--json");
        return word.equals("--json");
    }

    /** A path, or null. */
    String annotate() {
        return annotate;
    }

    /** A path, or null. */
    String extract() {
        return extract == null ? null : extract[1];
    }

    /** As it was written. */
    String extractedWord() {
        return extract[0];
    }

    /** Whether no stream is named. */
    boolean extractsAll() {
        return extract[0].equals(ALL);
    }

    /** Empty for all. */
    Set<Long> extractedStreams() {
        Set<Long> streams = new HashSet<>();
        if (extractsAll()) {
            return streams;
        }
        for (String each : extract[0].split(",")) {
            streams.add(Long.valueOf(each));
        }
        return streams;
    }

    Format format() {
        if (json) {
            return Format.JSON;
        }
        return format == null ? Format.TEXT : format;
    }

    /** What the words together forbid, or null. */
    String contradiction() {
        if (extract != null && !extractsAll() && !extract[0].matches("\\d{1,9}(,\\d{1,9})*")) {
            return "--extract takes stream numbers, or 'all', and a file, such as: --extract 0,7 out.pcap; found '"
                    + extract[0] + "'";
        }
        return json && format == Format.TEXT ? "--json and --format text exclude each other" : null;
    }
}
