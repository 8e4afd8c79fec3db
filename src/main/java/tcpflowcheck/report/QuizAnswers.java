package tcpflowcheck.report;

import tcpflowcheck.flow.Flow;

/** Kept by a view that asks: the answers of its flows, told when the capture ends. */
final class QuizAnswers {
    /** Flows that are asked about, so that memory does not follow the capture. */
    private static final int MOST = 1000;

    private final TextBuffer answers = new TextBuffer();
    private final int width;
    private long asked;
    private long others;

    /** @param width columns of a line, 0 if it may be as long as it is */
    QuizAnswers(int width) {
        this.width = width;
    }

    /** Whether one more flow is asked about; if not it is counted. */
    boolean asksMore() {
        boolean more = asked < MOST;
        asked += more ? 1 : 0;
        others += more ? 0 : 1;
        return more;
    }

    void add(Flow flow, Blanks blanks) {
        blanks.append(answers, flow, width);
    }

    /** All answers; nothing if nothing was asked. */
    void append(TextBuffer out, String title) {
        if (asked == 0) {
            return;
        }
        out.append(title).append('\n');
        answers.copyTo(out);
        if (others > 0) {
            out.append("  ");
            Amount.counted(out, others, "more flow").append(", which --stream or --only can choose\n");
        }
        out.append('\n');
    }
}
