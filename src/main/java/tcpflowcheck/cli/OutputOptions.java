package tcpflowcheck.cli;

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

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Word.class,
            description = "text (default), or json: one object a line")
    private Format format;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    Format format() {
        if (json) {
            return Format.JSON;
        }
        return format == null ? Format.TEXT : format;
    }

    /** What the words together forbid, or null. */
    String contradiction() {
        return json && format == Format.TEXT ? "--json and --format text exclude each other" : null;
    }
}
