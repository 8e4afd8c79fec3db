package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.ladder.FoldedSegments;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.LadderNotes;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Each flow when it has ended, as a ladder: the verdict, then two life lines with the states of both ends at their edges. */
final class LadderText implements TextView {
    private static final int WIDTH = 100;
    private static final int MOST_WIDTH = 200;
    /** Below, frames and times are left out. */
    private static final int LEAST_WITH_TIMES = 80;

    private static final int FRAME = 6;
    private static final int TIME = 9;
    /** Of {@code SYN-RECEIVED?}. */
    private static final int STATE = 13;

    /** What an arrow has beside its label: four characters, two spaces, and its head. */
    private static final int AROUND = 8;

    private static final long LEAST_GAP_NANOS = 1_000_000_000;

    private final TextChoices choices;
    private final OutputStream stream;
    private final Style style;
    private final TextBuffer out = new TextBuffer();
    private final TextBuffer cell = new TextBuffer(64);
    private final FlowHeader header;
    private final LadderLabel label;
    private final LadderSigns signs;
    private final int left;
    private final int area;
    private final QuizAnswers answers;
    /** Of the flow at hand. */
    private long start;
    /** Of the flow at hand; null if nothing is asked. */
    private @Nullable Blanks blanks;

    LadderText(TextChoices choices, OutputStream stream, CaptureNotes notes) {
        this.choices = choices;
        this.stream = stream;
        style = choices.style();
        header = new FlowHeader(style, choices.width(), choices.verbose() ? notes : null);
        label = new LadderLabel(choices.absolute());
        answers = new QuizAnswers(choices.width());
        signs = choices.unicode() ? LadderSigns.UNICODE : LadderSigns.ASCII;
        int width = choices.width() == 0 ? WIDTH : Math.min(choices.width(), MOST_WIDTH);
        left = width < LEAST_WITH_TIMES ? 0 : FRAME + TIME + 2;
        area = width - left - 2 * STATE - 6;
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        notes(flow).segment(side, segment, events);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        cell.clear();
        IcmpLine.append(cell, error);
        notes(flow).icmp(side, error.frame(), error.time(), cell.toString(), events);
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        notes(flow).event(event);
    }

    private LadderNotes notes(Flow flow) {
        if (flow.attachment(this) instanceof LadderNotes notes) {
            return notes;
        }
        LadderNotes born = new LadderNotes(choices.verbose());
        flow.attach(this, born);
        return born;
    }

    @Override
    public void flow(Flow flow) throws IOException {
        Ladder ladder = notes(flow).end(flow);
        flow.attach(this, null);
        if (!choices.only().has(flow) || (choices.quiz() && !answers.asksMore())) {
            return;
        }
        blanks = choices.quiz() ? new Blanks() : null;
        if (blanks == null) {
            header.append(out, flow);
        } else {
            header.append(out, flow, blanks);
        }
        out.append('\n');
        ends(flow);
        row(Rung.Kind.SEGMENT, null, shown(ladder.first(Side.CLIENT)), shown(ladder.first(Side.SERVER)), space());
        start = flow.start();
        long before = start;
        List<Rung> rungs = ladder.rungs();
        for (int i = 0; i < rungs.size(); i++) {
            Rung rung = rungs.get(i);
            gap(rung.time() - before);
            before = rung.time();
            if (rung.crosses()) {
                crossing(ladder, rung, rungs.get(++i));
            } else {
                rung(ladder, rung);
            }
        }
        if (blanks != null) {
            answers.add(flow, blanks);
        }
        out.append('\n').drainTo(stream);
    }

    @Override
    public void end() throws IOException {
        answers.append(out, "answers:");
        out.drainTo(stream);
    }

    /** An answer, or the blank in its place. */
    private String shown(String answer) {
        return blanks == null ? answer : blanks.of(answer);
    }

    /** Who the life lines are; on two lines where one is too short. */
    private void ends(Flow flow) {
        String client = name(flow, Side.CLIENT);
        String server = name(flow, Side.SERVER);
        int width = 2 * STATE + area + 6;
        int begin = Math.min(STATE + area + 5, Math.max(width - server.length(), 0));
        style.append(out.repeat(' ', left), Style.of(Side.CLIENT), client);
        if (client.length() + 2 > begin) {
            out.append('\n').repeat(' ', left + begin);
        } else {
            out.repeat(' ', begin - client.length());
        }
        style.append(out, Style.of(Side.SERVER), server).append('\n');
    }

    private String name(Flow flow, Side side) {
        cell.clear();
        return FlowHeader.address(cell.append(side.toString()).append(' '), flow, side)
                .toString();
    }

    private void rung(Ladder ladder, Rung rung) {
        String line = switch (rung.kind()) {
            case SEGMENT -> arrow(ladder, rung);
            case FOLDED -> folded(rung);
            case ICMP -> centred(LadderLabel.icmp(rung), ' ');
            case TIME -> centred(rung.text().isEmpty() ? "" : "(" + rung.text() + ")", ' ');
        };
        List<Rung.State> client = rung.states(Side.CLIENT);
        List<Rung.State> server = rung.states(Side.SERVER);
        boolean beside = rung.kind() == Rung.Kind.TIME; // no arrow leads to them
        row(rung.kind(), rung, beside ? state(client, 0) : "", beside ? state(server, 0) : "", line);
        states(client, server, beside ? 1 : 0);
        findings(rung);
    }

    /** Under an arrow the states that it led to, from one on, each on a line. */
    private void states(List<Rung.State> client, List<Rung.State> server, int from) {
        for (int i = from; i < Math.max(client.size(), server.size()); i++) {
            row(Rung.Kind.SEGMENT, null, state(client, i), state(server, i), space());
        }
    }

    private String state(List<Rung.State> states, int index) {
        if (index >= states.size()) {
            return "";
        }
        return shown(states.get(index).name() + (states.get(index).certain() ? "" : "?"));
    }

    /** Under an arrow what was found in it, in as many lines as that takes. */
    private void findings(Rung rung) {
        for (TcpEvent.Found found : rung.findings()) {
            String lead = "^ ";
            String all = shown(found.rule().slug() + ": " + SafeText.of(found.message()));
            for (String each : WrappedText.lines(all, area - 2)) {
                String text = lead + each;
                out.repeat(' ', left + STATE).append(signs.line()).append(' ');
                style.append(out, Style.of(found.severity()), text);
                out.repeat(' ', area - text.length() + 1).append(signs.line()).append('\n');
                lead = "  ";
            }
        }
    }

    private String space() {
        return " ".repeat(area);
    }

    /** One line: frame and time, the client's state, what is between the life lines, the server's state. */
    private void row(Rung.Kind kind, @Nullable Rung rung, String client, String server, String between) {
        if (left > 0) {
            times(rung);
        }
        state(client, STATE - client.length());
        out.append(signs.line()).append(' ');
        if (kind == Rung.Kind.SEGMENT || rung == null) {
            out.append(between);
        } else {
            style.append(out, Style.Role.DIM, between);
        }
        out.append(' ').append(signs.line());
        if (!server.isEmpty()) {
            out.append(' ');
            state(server, 0);
        }
        out.append('\n');
    }

    private void state(String name, int padding) {
        boolean doubt = name.endsWith("?");
        String state = doubt ? name.substring(0, name.length() - 1) : name;
        if (!state.isEmpty()) {
            style.append(out, Style.Role.STATE, state);
        }
        style.mark(out, !doubt).repeat(' ', padding);
    }

    private void times(@Nullable Rung rung) {
        if (rung == null || (rung.kind() == Rung.Kind.TIME && rung.frame() == 0)) {
            out.repeat(' ', left);
            return;
        }
        style.begin(out, Style.Role.DIM);
        if (rung.frame() > 0) {
            out.right(rung.frame(), FRAME);
        } else {
            out.repeat(' ', FRAME);
        }
        cell.clear();
        Amount.duration(cell, Math.max(rung.time() - start, 0));
        out.repeat(' ', TIME - cell.length() + 1);
        cell.copyTo(out);
        style.end(out).append(' ');
    }

    /** Where nothing passed for long the life lines are dotted. */
    private void gap(long nanos) {
        if (nanos >= LEAST_GAP_NANOS) {
            cell.clear();
            String text = Amount.duration(cell, nanos).toString();
            out.repeat(' ', left + STATE).append(":  ");
            style.append(out, Style.Role.DIM, centred("(" + text + ")", ' ').substring(1, area - 1));
            out.append("  :\n");
        }
    }

    private String centred(String text, char around) {
        String shown = Shortened.to(area, text);
        int before = (area - shown.length()) / 2;
        return String.valueOf(around).repeat(before)
                + shown
                + String.valueOf(around).repeat(area - before - shown.length());
    }

    private String arrow(Ladder ladder, Rung rung) {
        String text = label.of(ladder, rung, area - AROUND);
        boolean right = rung.side() == Side.CLIENT;
        String dash = signs.dash();
        int rest = area - AROUND + 1 - text.length();
        if (rung.lost()) {
            int flown = Math.max(rest / 2, 0);
            String nothing = " ".repeat(Math.max(rest - flown, 0));
            return right
                    ? dash.repeat(4) + " " + text + " " + dash.repeat(flown) + "x" + nothing
                    : nothing + "x" + dash.repeat(flown) + " " + text + " " + dash.repeat(4);
        }
        return right
                ? dash.repeat(4) + " " + text + " " + dash.repeat(rest) + signs.right()
                : signs.left() + dash.repeat(rest) + " " + text + " " + dash.repeat(4);
    }

    private String folded(Rung rung) {
        String text = Shortened.to(area - 4, foldedText(rung.folded(), area - 4));
        long in = rung.folded().octets(Side.SERVER);
        long sent = rung.folded().octets(Side.CLIENT);
        boolean both = in == 0 && sent == 0;
        String leftHead = in > 0 || both ? signs.left() : signs.dot();
        String rightHead = sent > 0 || both ? signs.right() : signs.dot();
        int rest = area - 4 - text.length();
        int before = rest / 2;
        return leftHead + signs.dot().repeat(before) + " " + text + " "
                + signs.dot().repeat(rest - before) + rightHead;
    }

    /** As much of it as fits. */
    private String foldedText(FoldedSegments folded, int width) {
        cell.clear();
        String whole = FoldedText.append(cell, folded).toString();
        if (whole.length() <= width) {
            return whole;
        }
        cell.clear();
        Amount.counted(cell, folded.data() + folded.acks(), "segment");
        FoldedText.octets(cell, folded);
        if (cell.length() <= width) {
            return cell.toString();
        }
        cell.clear();
        return Amount.counted(cell, folded.data() + folded.acks(), "segment").toString();
    }

    /** Two that were under way at the same time. */
    private void crossing(Ladder ladder, Rung one, Rung other) {
        Rung client = one.side() == Side.CLIENT ? one : other;
        Rung server = one.side() == Side.CLIENT ? other : one;
        int half = area / 2 - 2;
        int rest = area - 2 * half - 4;
        String sent = label.of(ladder, client, half - 5);
        String answered = label.of(ladder, server, half - 5 + rest);
        String dash = signs.dash();
        String first = dash.repeat(2) + " " + sent + " " + dash.repeat(half - 4 - sent.length()) + signs.down() + "  "
                + signs.up() + dash.repeat(half + rest - 4 - answered.length()) + " " + answered + " " + dash.repeat(2);
        row(Rung.Kind.SEGMENT, one, "", "", first);
        String space = " ".repeat(half + 1);
        String behind = " ".repeat(half + rest + 1);
        row(Rung.Kind.SEGMENT, null, "", "", space + signs.down() + signs.up() + behind);
        row(Rung.Kind.SEGMENT, null, "", "", space + signs.up() + signs.down() + behind);
        String last = signs.left() + dash.repeat(half - 1) + signs.up() + "  " + signs.down()
                + dash.repeat(half + rest - 1) + signs.right();
        row(Rung.Kind.SEGMENT, other, "", "", last);
        states(both(one, other, Side.CLIENT), both(one, other, Side.SERVER), 0);
        findings(one);
        findings(other);
    }

    private static List<Rung.State> both(Rung one, Rung other, Side side) {
        List<Rung.State> states = new ArrayList<>(one.states(side));
        states.addAll(other.states(side));
        return states;
    }
}
