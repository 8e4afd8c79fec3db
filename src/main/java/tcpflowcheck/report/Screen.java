package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;

/** Kept by a report that is renewed: the terminal's screen, which each picture replaces from its first line on (ECMA-48). */
final class Screen {
    private static final String CLEAR = "\u001b[2J";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K\n";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final OutputStream terminal;
    private boolean begun;

    Screen(OutputStream terminal) {
        this.terminal = terminal;
    }

    /** Shows some lines, each with its line end, in place of what was shown before. */
    void show(TextBuffer lines) throws IOException {
        String picture = lines.toString().replace("\n", CLEAR_LINE);
        new TextBuffer()
                .append(begun ? "" : CLEAR)
                .append(HOME)
                .append(picture)
                .append(CLEAR_BELOW)
                .drainTo(terminal);
        begun = true;
    }
}
