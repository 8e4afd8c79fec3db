package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;

/** One run over the inputs: source, decoder, tracker and reporter in a row. */
final class Analysis {
    private Analysis() {}

    /**
     * Reads every input and reports what happened in it.
     *
     * @param out where the report goes; the caller flushes it at the end
     * @return an {@link ExitCode}
     * @throws IOException if the report can't be written; an input's failure is reported here
     */
    static int run(Options options, Surroundings surroundings, OutputStream out) throws IOException {
        surroundings.err().println(Main.NAME + ": reading captures is not built yet");
        return ExitCode.BUG;
    }
}
