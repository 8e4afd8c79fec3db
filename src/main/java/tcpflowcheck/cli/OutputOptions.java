package tcpflowcheck.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.check.ExpectationFile;
import tcpflowcheck.check.FieldNames;
import tcpflowcheck.check.Shape;

/** What is written. */
final class OutputOptions {
    /** The values of {@code --format}. */
    enum Format {
        TEXT,
        JSON,
        CSV,
        TSV;

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
            description = {
                "text (default); json: one object a line; csv, tsv:",
                "a line for each flow, or with --by for each group"
            })
    private @Nullable Format format;

    @Option(
            names = "--fields",
            paramLabel = "NAME,...",
            hideParamSyntax = true,
            split = ",",
            description = {
                "the fields of csv, tsv or json, as JSON's paths:",
                "client.address,close.kind,findings.rule; for json",
                "also without some: '!transitions,!states'"
            })
    private List<String> fields = new ArrayList<>();

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    @Option(
            names = "--annotate",
            paramLabel = "FILE.pcapng",
            description = {"write the capture again, with what was found", "as comments that Wireshark shows"})
    private @Nullable String annotate;

    @Option(
            names = "--extract",
            arity = "2",
            paramLabel = "N,... FILE",
            hideParamSyntax = true,
            description = "write the frames of these streams, or of all that --only takes: all FILE")
    private String @Nullable [] extract;

    @Option(
            names = "--svg",
            paramLabel = "FILE.svg",
            description = {
                "draw one flow as --view ladder does: the only one,",
                "or that of --stream or --only; with --frame its header"
            })
    private @Nullable String svg;

    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = {"one page with summary, table, drawings and", "explanations, to send to a colleague"})
    private @Nullable String html;

    /** Takes a word without a value; false if it is none of these. */
    boolean plain(String word) {
        json |= word.equals("--json");
        return word.equals("--json");
    }

    /** A path, or null. */
    @Nullable
    String html() {
        return html;
    }

    /** A path, or null. */
    @Nullable
    String svg() {
        return svg;
    }

    /** A path, or null. */
    @Nullable
    String annotate() {
        return annotate;
    }

    /** Null if nothing is extracted. */
    @Nullable
    Extract extract() {
        return extract == null ? null : new Extract(extract[0], extract[1]);
    }

    /**
     * Given: the frames of which streams go where.
     *
     * @param word the streams as they were written
     * @param file a path
     */
    record Extract(String word, String file) {
        /** Whether no stream is named. */
        boolean all() {
            return word.equals(ALL);
        }

        /** Empty for all. */
        Set<Long> streams() {
            Set<Long> streams = new HashSet<>();
            if (!all()) {
                for (String each : word.split(",")) {
                    streams.add(Long.valueOf(each));
                }
            }
            return streams;
        }
    }

    /** JSON's paths as they were written; empty if none were. */
    List<String> fields() {
        return fields;
    }

    Format format() {
        if (json) {
            return Format.JSON;
        }
        return format == null ? Format.TEXT : format;
    }

    /**
     * What is wrong with the names of fields, or null.
     *
     * @param object the definition in the schema that has them: {@code flow} or {@code group}
     */
    @Nullable
    String wrongField(String object) throws IOException {
        if (fields.isEmpty()) {
            return null;
        }
        if (format() == Format.TEXT) {
            return "--fields is for --format csv, tsv or json";
        }
        boolean without = fields.get(0).startsWith("!");
        if (without && format() != Format.JSON) {
            return "--fields without some of them is for json: csv and tsv take names";
        }
        Shape shape = Shape.of(ExpectationFile.schema(), object);
        for (String field : fields) {
            if (field.startsWith("!") != without) {
                return "--fields takes names, or names that all begin with !";
            }
            String wrong = FieldNames.wrong(shape, without ? field.substring(1) : field);
            if (wrong != null) {
                return "--fields: '" + field + "': " + wrong;
            }
        }
        return null;
    }

    /** What the words together forbid, or null. */
    @Nullable
    String contradiction() {
        if (extract != null && !extract[0].equals(ALL) && !extract[0].matches("\\d{1,9}(,\\d{1,9})*")) {
            return "--extract takes stream numbers, or 'all', and a file, such as: --extract 0,7 out.pcap; found '"
                    + extract[0] + "'";
        }
        if (json && format != null && format != Format.JSON) {
            return "--json and --format " + Words.of(format) + " exclude each other";
        }
        return null;
    }
}
