package tcpflowcheck.report;

import java.io.PrintStream;

/** One line at the bottom of a terminal that says how it goes; nothing of it stays. */
public final class StatusLine {
    private static final String CLEAR = "\r\u001b[K";

    private static final int BAR_WIDTH = 30;

    private final PrintStream terminal;
    private String line = "";
    private boolean shown;
    private long lastTime;
    private long lastFrames;

    public StatusLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    /**
     * Takes the figures of now.
     *
     * @param now of {@link System#nanoTime}
     */
    public void measure(long now, long frames, int flows, long dropped) {
        long nanos = now - lastTime;
        long rate = lastTime == 0 || nanos <= 0 ? 0 : (frames - lastFrames) * 1_000_000_000L / nanos;
        lastTime = now;
        lastFrames = frames;
        TextBuffer text = new TextBuffer(80);
        Amount.counted(text, frames, "frame").append(" (");
        Amount.grouped(text, rate).append("/s), ");
        Amount.counted(text, flows, "flow").append(" alive");
        if (dropped > 0) {
            Amount.grouped(text.append(", "), dropped).append(" dropped");
        }
        line = text.toString();
    }

    /**
     * Takes how far the reading of files has come.
     *
     * @param fraction of the capture at hand, 0 to 1, or -1 if that is not known
     * @param capture which of {@code captures} is read, from 1
     */
    public void progress(double fraction, int capture, int captures, long frames) {
        TextBuffer text = new TextBuffer(80);
        if (fraction >= 0) {
            double all = Math.min((capture - 1 + fraction) / captures, 1);
            int full = (int) (all * BAR_WIDTH);
            text.append('[').repeat('#', full).repeat('.', BAR_WIDTH - full).append("] ");
            text.right((int) (all * 100), 3).append(" %  ");
        }
        if (captures > 1) {
            text.append("capture ")
                    .decimal(capture)
                    .append(" of ")
                    .decimal(captures)
                    .append(", ");
        }
        line = Amount.counted(text, frames, "frame").toString();
    }

    public void show() {
        if (!shown && !line.isEmpty()) {
            terminal.print(line);
            terminal.flush();
            shown = true;
        }
    }

    /** Takes it away, so that other lines can be written. */
    public void clear() {
        if (shown) {
            terminal.print(CLEAR);
            terminal.flush();
            shown = false;
        }
    }
}
