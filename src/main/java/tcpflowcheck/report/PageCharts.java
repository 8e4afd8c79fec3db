package tcpflowcheck.report;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.report.group.TimeBar;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;

/** Kept by the page: how its connections began over time, and how long they took to connect, as two charts. */
final class PageCharts {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 150;
    private static final int BASE = 128;
    private static final int SLOTS = 56;
    /** Of connect times: four classes to a factor of ten, from a microsecond on. */
    private static final int CLASSES = 36;

    private static final int TO_TEN = 4;
    private static final double FIRST_NANOS = 1000;

    private final long[] connects = new long[CLASSES];
    /** Null until there is a flow. */
    private @Nullable Starts starts;

    private long begin = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;

    /** When flows started, by what became of them. */
    private record Starts(TimeBar opened, TimeBar failed, TimeBar reset) {
        /** @param first the first start, nanoseconds since the epoch */
        static Starts from(long first) {
            return new Starts(new TimeBar(first), new TimeBar(first), new TimeBar(first));
        }
    }

    void add(Flow flow) {
        starts = starts == null ? Starts.from(flow.start()) : starts;
        begin = Math.min(begin, flow.start());
        end = Math.max(end, flow.start());
        Connection connection = flow.connection();
        boolean fails = VerdictText.role(connection.handshake().kind()) == Style.Role.WARNING;
        boolean resets = connection.closing().kind() == Closing.Kind.RESET;
        (fails ? starts.failed : resets ? starts.reset : starts.opened).add(flow.start(), 1);
        long nanos = SortKey.CONNECT.rank(flow);
        if (nanos >= 0) {
            double classes = Math.log10(Math.max((double) nanos, FIRST_NANOS) / FIRST_NANOS) * TO_TEN;
            connects[(int) Math.min(classes, CLASSES - 1.0)]++;
        }
    }

    void append(StringBuilder html, Catalogue words) {
        if (starts == null) {
            return;
        }
        html.append("<div class=\"charts\"><figure>");
        overTime(html, starts, words);
        html.append("<figcaption>");
        key(html, "opened", words.word("page.opened"));
        key(html, "failed", words.word("page.failed"));
        key(html, "reset", words.word("page.reset"));
        String over = Amount.duration(new TextBuffer(16), end - begin).toString();
        html.append(Markup.of(words.fill("page.over", over))).append("</figcaption></figure><figure>");
        connectTimes(html, words);
        html.append("<figcaption>")
                .append(Markup.of(words.word("page.connect")))
                .append("</figcaption></figure></div>\n");
    }

    private static void key(StringBuilder html, String style, String word) {
        html.append("<span class=\"key ")
                .append(style)
                .append("\"></span>")
                .append(Markup.of(word))
                .append(' ');
    }

    private static String most(Catalogue words, long most) {
        return Markup.of(
                words.fill("page.most", Amount.grouped(new TextBuffer(16), most).toString()));
    }

    private static void beginChart(StringBuilder html, String label) {
        html.append("<svg class=\"chart\" role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT);
        html.append("\" aria-label=\"")
                .append(label)
                .append("\"><line class=\"axis\" x1=\"0\" x2=\"")
                .append(WIDTH);
        html.append("\" y1=\"").append(BASE).append("\" y2=\"").append(BASE).append("\"/>");
    }

    private void overTime(StringBuilder html, Starts starts, Catalogue words) {
        beginChart(html, Markup.of(words.word("page.times")));
        long[][] counts = {
            starts.opened.upTo(end + 1, SLOTS), starts.failed.upTo(end + 1, SLOTS), starts.reset.upTo(end + 1, SLOTS)
        };
        long most = 1;
        for (int i = 0; i < SLOTS; i++) {
            most = Math.max(most, counts[0][i] + counts[1][i] + counts[2][i]);
        }
        String[] styles = {"opened", "failed", "reset"};
        for (int i = 0; i < SLOTS; i++) {
            long below = 0;
            for (int kind = 0; kind < styles.length; kind++) {
                bar(html, styles[kind], i * WIDTH / SLOTS, WIDTH / SLOTS - 1, below, counts[kind][i], most);
                below += counts[kind][i];
            }
        }
        text(html, 2, 12, "start", most(words, most));
        html.append("</svg>");
    }

    private static void bar(StringBuilder html, String style, int x, int width, long below, long count, long most) {
        if (count > 0) {
            double from = below * (BASE - 18.0) / most;
            double height = Math.max(count * (BASE - 18.0) / most, 1);
            html.append("<rect class=\"")
                    .append(style)
                    .append("\" x=\"")
                    .append(x)
                    .append("\" width=\"")
                    .append(width);
            html.append("\" y=\"")
                    .append(Math.round((BASE - from - height) * 10) / 10.0)
                    .append("\" height=\"");
            html.append(Math.round(height * 10) / 10.0)
                    .append("\"><title>")
                    .append(count)
                    .append("</title></rect>");
        }
    }

    private void connectTimes(StringBuilder html, Catalogue words) {
        beginChart(html, Markup.of(words.word("page.connect")));
        long most = 1;
        for (long each : connects) {
            most = Math.max(most, each);
        }
        for (int i = 0; i < CLASSES; i++) {
            bar(html, "opened", i * WIDTH / CLASSES, WIDTH / CLASSES - 2, 0, connects[i], most);
        }
        String[] marks = {"1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s"};
        for (int i = 0; i < marks.length; i++) {
            text(html, i * TO_TEN * WIDTH / CLASSES, BASE + 14, "start", marks[i]);
        }
        text(html, 2, 12, "start", most(words, most));
        html.append("</svg>");
    }

    private static void text(StringBuilder html, int x, int y, String anchor, String text) {
        html.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">");
        html.append(text).append("</text>");
    }
}
