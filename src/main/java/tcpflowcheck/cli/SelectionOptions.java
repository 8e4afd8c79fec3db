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
