package tcpflowcheck.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tcpflowcheck.report.JsonReporter;
import tcpflowcheck.report.Reporter;

/** The reporters that the options ask for. */
final class Reports {
    private Reports() {}

    static List<Reporter> of(Options options, Surroundings surroundings, OutputStream out) {
        return List.of(new JsonReporter(out, streams(options)));
    }

    /** Null for all. */
    private static Set<Long> streams(Options options) {
        int[] chosen = options.selection().streams();
        if (chosen == null) {
            return null;
        }
        Set<Long> streams = new TreeSet<>();
        for (int stream : chosen) {
            streams.add((long) stream);
        }
        return streams;
    }
}
