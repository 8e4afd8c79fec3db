package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which flows are reported; all are followed. */
final class SelectionOptions {
    @Option(
            names = "--stream",
            paramLabel = "N,...",
            hideParamSyntax = true,
            split = ",",
            converter = WholeNumber.Stream.class,
            description = "only the streams with these numbers")
    private List<Integer> streams = new ArrayList<>();

    /** The values of {@code --only}. */
    enum Only {
        FINDINGS;

        static final class Word extends Words<Only> {
            Word() {
                super(Only.class);
            }
        }
    }

    @Option(
            names = "--only",
            paramLabel = "findings",
            converter = Only.Word.class,
            description = "only the flows in which something was found")
    private Only only;

    boolean onlyFindings() {
        return only == Only.FINDINGS;
    }

    /** The chosen streams' numbers in rising order, or null for all. */
    int[] streams() {
        return streams.isEmpty()
                ? null
                : streams.stream()
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .distinct()
                        .toArray();
    }
}
