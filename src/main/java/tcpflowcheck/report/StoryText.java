package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.LadderNotes;
import tcpflowcheck.report.ladder.Numbers;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** Each flow when it has ended, told step by step in sentences for who learns TCP. */
final class StoryText implements TextView {
    private static final int FRAME = 6;
    private static final int TIME = 9;
    private static final int INDENT = FRAME + TIME + 3;
    private static final long LEAST_GAP_NANOS = 1_000_000_000;

    private final TextChoices choices;
    private final Catalogue words;
    private final OutputStream stream;
    private final TextBuffer out = new TextBuffer();
    private final TextBuffer cell = new TextBuffer(64);
    private final LadderLabel label;
    private final QuizAnswers answers;
    /** Where sentences go that are not to be printed; null if they are. */
    private @Nullable List<Step> steps;

    private @Nullable Side closer;
    /** Of the flow at hand; null if nothing is asked. */
    private @Nullable Blanks blanks;
    /** Whether the second FIN left before its sender had the first; then either may be acknowledged before the other. */
    private boolean crossed;

    private String crossedAck = "";

    /**
     * Given: a step and all that is said of it.
     *
     * @param frame 0 if it is no frame's
     * @param nanos since the flow began
     */
    record Step(long frame, long nanos, List<String> said) {}

    StoryText(TextChoices choices, OutputStream stream) {
        this.choices = choices;
        this.stream = stream;
        words = Catalogue.of(choices.language());
        label = new LadderLabel(choices.absolute());
        answers = new QuizAnswers(choices.width());
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
        Ladder ladder = end(flow);
        if (!choices.only().has(flow) || (choices.quiz() && !answers.asksMore())) {
            return;
        }
        blanks = choices.quiz() ? new Blanks() : null;
        tell(ladder);
        if (blanks != null) {
            answers.add(flow, blanks);
        }
        out.append('\n').drainTo(stream);
    }

    /** The flow has ended: what was noted of it. */
    Ladder end(Flow flow) {
        Ladder ladder = notes(flow).end(flow);
        flow.attach(this, null);
        return ladder;
    }

    /** The story alone, with all answers. */
    String of(Ladder ladder) {
        blanks = null;
        tell(ladder);
        String story = out.toString().stripTrailing();
        out.clear();
        return story;
    }

    /** The same, step by step; what comes before the first and behind the last has no frame. */
    List<Step> steps(Ladder ladder) {
        blanks = null;
        List<Step> told = new ArrayList<>();
        told.add(new Step(0, 0, new ArrayList<>()));
        steps = told;
        tell(ladder);
        steps = null;
        out.clear();
        told.removeIf(step -> step.said.isEmpty());
        return told;
    }

    private void tell(Ladder ladder) {
        Flow flow = ladder.flow();
        closer = null;
        crossed = false;
        crossedAck = "";
        choices.style()
                .begin(out, Style.Role.TITLE)
                .append("stream ")
                .decimal(flow.stream())
                .append("  ");
        choices.style().end(FlowHeader.addresses(out, flow)).append('\n');
        if (!ladder.first(Side.CLIENT).isEmpty() && !ladder.first(Side.SERVER).isEmpty()) {
            say(words.say("begin", shown(ladder.first(Side.CLIENT)), shown(ladder.first(Side.SERVER))));
        }
        long before = flow.start();
        List<Rung> rungs = ladder.rungs();
        for (int i = 0; i < rungs.size(); i++) {
            Rung rung = rungs.get(i);
            if (rung.time() - before >= LEAST_GAP_NANOS) {
                say(words.say("gap", duration(rung.time() - before)));
            }
            before = rung.time();
            step(ladder, rung);
            if (i > 0 && rungs.get(i - 1).crosses()) {
                say(words.say("crossing"));
            }
        }
        if (steps != null) {
            steps.add(new Step(0, flow.durationNanos(), new ArrayList<>()));
        }
        end(flow.connection());
    }

    @Override
    public void end() throws IOException {
        answers.append(out, words.say("answers"));
        out.drainTo(stream);
    }

    /** An answer, or the blank in its place. */
    private String shown(String answer) {
        return blanks == null ? answer : blanks.of(answer);
    }

    private String duration(long nanos) {
        cell.clear();
        return Amount.duration(cell, Math.max(nanos, 0)).toString();
    }

    private String side(Side side) {
        return words.word(side.toString());
    }

    /** A sentence under the one before. */
    private void say(String sentence) {
        if (steps != null) {
            steps.get(steps.size() - 1).said.add(sentence);
            return;
        }
        out.repeat(' ', INDENT);
        lines(sentence);
    }

    /** A sentence, with its other lines under the first. */
    private void lines(String sentence) {
        if (steps != null) {
            say(sentence);
            return;
        }
        int width = choices.width() == 0 ? 0 : choices.width() - INDENT;
        List<String> lines = WrappedText.lines(sentence, width);
        for (int i = 0; i < lines.size(); i++) {
            out.repeat(' ', i == 0 ? 0 : INDENT).append(lines.get(i)).append('\n');
        }
    }

    private void step(Ladder ladder, Rung rung) {
        if (steps != null) {
            long frame = rung.kind() == Rung.Kind.TIME ? 0 : rung.frame();
            steps.add(new Step(frame, rung.time() - ladder.flow().start(), new ArrayList<>()));
        }
        choices.style().begin(out, Style.Role.DIM);
        if (rung.frame() > 0 && rung.kind() != Rung.Kind.TIME) {
            out.right(rung.frame(), FRAME);
        } else {
            out.repeat(' ', FRAME);
        }
        String time = duration(rung.time() - ladder.flow().start());
        out.repeat(' ', TIME - time.length() + 1).append(time);
        choices.style().end(out).append("  ");
        String sentence = sentence(ladder, rung);
        lines(blanks == null || rung.kind() != Rung.Kind.SEGMENT ? sentence : asked(ladder, rung, sentence));
        if (rung.lost()) {
            say(words.say("lost"));
        }
        for (Side side : Side.values()) {
            for (Rung.State state : rung.states(side)) {
                say(
                        blanks == null
                                ? words.say(state.certain() ? "state" : "state.doubt", side(side), state.name())
                                : words.say("state", side(side), shown(state.name() + (state.certain() ? "" : "?"))));
            }
        }
        for (TcpEvent.Found found : rung.findings()) {
            String message = words.isEnglish() ? SafeText.of(found.message()) : words.sentence(found.rule());
            say(
                    blanks == null
                            ? words.say("found", words.term("rule", found.rule().slug()), message)
                            : words.say("found", shown(found.rule().slug() + ": " + message), "")
                                    .strip());
        }
    }

    /** What a segment carries, and a blank for what it means. */
    private String asked(Ladder ladder, Rung rung, String sentence) {
        String carries = label.of(ladder, rung, Integer.MAX_VALUE);
        return words.say("segment", side(rung.side()), carries) + " " + shown(sentence);
    }

    private String sentence(Ladder ladder, Rung rung) {
        return switch (rung.kind()) {
            case FOLDED ->
                words.say(
                        "data",
                        Long.toString(rung.folded().data()),
                        Long.toString(rung.folded().acks()),
                        Long.toString(rung.folded().octets(Side.CLIENT)),
                        Long.toString(rung.folded().octets(Side.SERVER)));
            case ICMP -> words.say("icmp", SafeText.of(rung.text()));
            case TIME -> words.say("time", rung.text().isEmpty() ? "-" : rung.text());
            case SEGMENT -> segment(ladder, rung);
        };
    }

    private String segment(Ladder ladder, Rung rung) {
        Numbers numbers = rung.numbers();
        String sender = side(rung.side());
        if (numbers.has(TcpSegment.RST)) {
            return words.say(reset(ladder, rung), sender);
        }
        if (numbers.has(TcpSegment.SYN) || rung.openStep() > 0) {
            return opening(rung, numbers, sender);
        }
        if (numbers.has(TcpSegment.FIN) || rung.closeStep() > 0) {
            return closing(ladder, rung, sender);
        }
        String flags = LadderLabel.flags(numbers);
        return numbers.length() > 0
                ? words.say(
                        "segment.data",
                        sender,
                        Integer.toString(numbers.length()),
                        Long.toString(ladder.relativeSeq(rung)))
                : words.say("segment", sender, flags);
    }

    private static String reset(Ladder ladder, Rung rung) {
        if (rung.isOfAnother()) {
            return "reset.rejects";
        }
        Reset reset = ladder.flow().connection().reset();
        if (reset == null || reset.frame() != rung.frame()) {
            return "reset.none";
        }
        return reset.kind() == Reset.Kind.REFUSED ? "refused" : "reset";
    }

    private String opening(Rung rung, Numbers numbers, String sender) {
        String letter = rung.side() == Side.CLIENT ? "x" : "y";
        String seq = Long.toString(SeqNumber.unsigned(numbers.seq()));
        boolean ack = numbers.has(TcpSegment.ACK);
        if (rung.openStep() == 0) {
            return words.say("syn.again", sender);
        }
        if (numbers.has(TcpSegment.SYN)) {
            return ack
                    ? words.say("open.synack", sender, letter, seq, rung.side() == Side.SERVER ? "x+1" : "y+1")
                    : words.say("open.syn", sender, letter, seq);
        }
        return rung.openStep() == 3 && ack
                ? words.say("open.ack", sender, rung.side() == Side.CLIENT ? "y+1" : "x+1")
                : words.say("open.other", Integer.toString(rung.openStep()), sender, LadderLabel.flags(numbers));
    }

    private String closing(Ladder ladder, Rung rung, String sender) {
        Numbers numbers = rung.numbers();
        String other = side(rung.side().peer());
        String seq = Long.toString(ladder.relativeSeq(rung) + numbers.length());
        String ack = Long.toString(ladder.relativeAck(rung));
        if (numbers.has(TcpSegment.FIN)) {
            if (closer == null || closer == rung.side()) {
                closer = rung.side();
                return words.say("close.first", sender, seq, other);
            }
            boolean acks = ladder.ackLetter(rung).equals("u+1");
            crossed = !acks;
            return words.say(acks && isThree(ladder) ? "close.second.acks" : "close.second", sender, seq);
        }
        String letter = ladder.ackLetter(rung);
        if (crossed && (letter.equals("u+1") || letter.equals("w+1"))) {
            boolean last = !crossedAck.isEmpty() && !crossedAck.equals(letter);
            crossedAck = last ? crossedAck : letter;
            return words.say(last ? "close.crossed.last" : "close.crossed.ack", sender, other, letter, ack);
        }
        return switch (letter) {
            case "u+1" -> words.say("close.first.ack", sender, ack, other);
            case "w+1" -> words.say("close.last", sender, ack);
            default -> words.say("segment", sender, LadderLabel.flags(numbers));
        };
    }

    private static boolean isThree(Ladder ladder) {
        return ladder.flow().connection().closing().kind() == Closing.Kind.THREE_SEGMENT;
    }

    private void end(Connection connection) {
        if (blanks != null) {
            say(words.say("end", blanks.opened(connection), blanks.closed(connection)));
            return;
        }
        String opened = words.term("open", connection.handshake().kind().toString())
                + (connection.handshake().certain() ? "" : "?");
        Closing closing = connection.closing();
        String closed = words.term("close", closing.kind().toString());
        String doubt = closing.certain() ? "" : "?";
        if (closing.kind() == Closing.Kind.NONE) {
            say(words.say("end.none", opened));
        } else if (closing.by() == null) {
            say(words.say("end", opened, closed, doubt));
        } else if (closing.kind() == Closing.Kind.RESET && connection.reset() != null) {
            String reset = words.term("reset", connection.reset().kind().toString());
            say(words.say(
                    "end.reset",
                    opened,
                    closed,
                    doubt,
                    words.translated("by", closing.by().toString()),
                    reset));
        } else {
            say(words.say(
                    "end.by",
                    opened,
                    closed,
                    doubt,
                    words.translated("by", closing.by().toString())));
        }
    }
}
