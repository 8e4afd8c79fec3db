package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;

/** The answers that need no capture: the rules and the state diagram. */
final class Reference {
    private Reference() {}

    /**
     * Answers {@code --rules}, {@code --explain} or {@code --states}.
     *
     * @return an {@link ExitCode}
     * @throws IOException if the answer can't be written
     */
    static int run(AboutOptions about, Surroundings surroundings, OutputStream out) throws IOException {
        String asked = about.rules() ? "--rules" : about.states() ? "--states" : "--explain";
        surroundings.err().println(Main.NAME + ": " + asked + " is not built yet");
        return ExitCode.BUG;
    }
}
