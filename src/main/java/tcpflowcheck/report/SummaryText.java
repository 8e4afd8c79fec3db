package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.Decoded;

/** The counts of one capture or of several, as lines. */
final class SummaryText {
    private static final int LABEL_WIDTH = 11;
    /** Of what stands behind a label. */
    private static final int LINE_WIDTH = 100;

    private static final long NANOS_PER_HUNDREDTH = 10_000_000;

    private final Style style;
    private final MostFoundText who;
    /** Who has what was found is said of many flows, and where no flows are told. */
    private final boolean whoAmongFew;

    private final int lineWidth;
    private int column;

    SummaryText(TextChoices choices) {
        style = choices.style();
        who = new MostFoundText(choices);
        int room = choices.width() - LABEL_WIDTH - 3; // with the comma at the end
        lineWidth = choices.width() == 0 ? LINE_WIDTH : Math.min(LINE_WIDTH, room);
        whoAmongFew = choices.view() == TextChoices.View.SUMMARY;
    }

    /**
     * Appends the lines.
     *
     * @param title what was read: {@code 1 capture}, or a file's name
     * @param elapsedNanos how long it took, negative if that is not to be said
     */
    void append(TextBuffer out, String title, Summary summary, long elapsedNanos) {
        style.begin(out, Style.Role.TITLE).append(title);
        style.end(out).append(", ");
        Amount.counted(out, summary.frames(), "packet").append(", ");
        Amount.counted(out, summary.flows(), "flow");
        if (!summary.countsAll()) {
            Amount.grouped(out.append(", "), summary.chosen()).append(" of them chosen");
        }
        if (elapsedNanos >= 0) {
            long hundredths = elapsedNanos / NANOS_PER_HUNDREDTH;
            Amount.grouped(out.append(" in "), hundredths / 100).append('.');
            out.padded((int) (hundredths % 100), 2).append(" s");
        }
        out.append('\n');
        trust(out, summary);
        counts(out, "opened", summary.handshakes(), Handshake.Kind.CUT, Handshake.Kind.EVICTED);
        counts(out, "closed", summary.closes(), Closing.Kind.NONE, Closing.Kind.CUT, Closing.Kind.EVICTED);
        counts(out, "reset", summary.resets());
        cut(out, summary);
        doubt(out, summary);
        found(out, summary);
        besides(out, summary);
        icmp(out, summary);
        undecoded(out, summary);
        if (summary.evicted() > 0) {
            label(out, "evicted");
            Amount.counted(out, summary.evicted(), "flow")
                    .append(" ended early: more were alive than --max-flows or --max-memory allow\n");
        }
        if (summary.late() > 0) {
            label(out, "late");
            Amount.counted(out, summary.late(), "segment").append(" of flows that had been told\n");
        }
        if (Math.max(summary.droppedByKernel(), 0) + Math.max(summary.droppedByInterface(), 0) > 0) {
            label(out, "dropped");
            Amount.grouped(out, summary.droppedByKernel()).append(" by the kernel, ");
            Amount.grouped(out, summary.droppedByInterface()).append(" by the interface\n");
        }
        for (ForeignText comment : summary.comments()) {
            label(out, "comment").append(comment.safeLines()).append('\n');
        }
        if (!summary.complete() && summary.flows() == 0) {
            label(out, "cut");
            style.append(out, Style.Role.WARNING, "not read to its end").append('\n');
        }
    }

    /** What the capture lacks, so that one knows how far to trust the rest. */
    private void trust(TextBuffer out, Summary summary) {
        if (summary.flows() == 0) {
            return;
        }
        label(out, "capture");
        boolean whole = true;
        if (summary.missedOctets() > 0) {
            Amount.octets(out, summary.missedOctets()).append(" acknowledged but not captured, in ");
            Amount.counted(out, summary.flowsWithMissed(), "flow");
            whole = false;
        }
        whole = lacking(out, whole, summary.flowsOneWay(), "flow", " in one direction only");
        long dropped = Math.max(summary.droppedByKernel(), 0) + Math.max(summary.droppedByInterface(), 0);
        whole = lacking(out, whole, dropped, "frame", " dropped");
        long snapped = summary.findings().getOrDefault(Rule.SNAPPED, 0L);
        whole = lacking(out, whole, snapped, "frame", " cut by the snap length");
        whole = lacking(out, whole, summary.count(Decoded.SNAPPED), "frame", " too short to be read");
        if (!summary.complete()) {
            out.append(whole ? "" : ", ").append("not read to its end");
            whole = false;
        }
        out.append(whole ? "whole, both directions\n" : "\n");
    }

    private static boolean lacking(TextBuffer out, boolean first, long count, String noun, String what) {
        if (count > 0) {
            Amount.counted(out.append(first ? "" : ", "), count, noun).append(what);
        }
        return first && count == 0;
    }

    /** How often each key was counted, but those that stand elsewhere. */
    private void counts(TextBuffer out, String label, Map<?, Long> counts, Object... elsewhere) {
        boolean first = true;
        for (Map.Entry<?, Long> entry : counts.entrySet()) {
            if (!List.of(elsewhere).contains(entry.getKey())) {
                count(
                        out,
                        first ? label : null,
                        entry.getValue(),
                        entry.getKey().toString(),
                        null);
                first = false;
            }
        }
        end(out, first);
    }

    /** What the end of the capture cut off has neither opened nor failed to, so that it stands apart. */
    private void cut(TextBuffer out, Summary summary) {
        long opening = summary.cutOpening();
        long closing = summary.cutClosing();
        if (opening + closing == 0) {
            return;
        }
        label(out, "pending").append("cut off by the end: ");
        if (opening > 0) {
            Amount.grouped(out, opening).append(" opening");
        }
        if (closing > 0) {
            Amount.grouped(out.append(opening > 0 ? ", " : ""), closing).append(" closing");
        }
        out.append('\n');
    }

    private void doubt(TextBuffer out, Summary summary) {
        if (summary.flowsInDoubt() > 0) {
            Amount.counted(label(out, "in doubt"), summary.flowsInDoubt(), "flow")
                    .append(" (marked ");
            style.mark(out, false).append("), see --explain doubt\n");
        }
    }

    private static final class WorstFirst implements Comparator<Map.Entry<Rule, Long>> {
        @Override
        public int compare(Map.Entry<Rule, Long> a, Map.Entry<Rule, Long> b) {
            int bySeverity = a.getKey().severity().compareTo(b.getKey().severity());
            return bySeverity != 0 ? bySeverity : Long.compare(b.getValue(), a.getValue());
        }
    }

    /** Worst first, then the most frequent. */
    static List<Map.Entry<Rule, Long>> worstFirst(Summary summary) {
        List<Map.Entry<Rule, Long>> found = new ArrayList<>(summary.findings().entrySet());
        found.sort(new WorstFirst());
        return found;
    }

    private void found(TextBuffer out, Summary summary) {
        List<Map.Entry<Rule, Long>> found = worstFirst(summary);
        boolean first = true;
        for (Map.Entry<Rule, Long> entry : found) {
            Rule rule = entry.getKey();
            count(out, first ? "found" : null, entry.getValue(), rule.slug(), Style.of(rule.severity()));
            first = false;
        }
        end(out, first);
        if (whoAmongFew || summary.flows() > FewOrMany.FEW) {
            who.append(out, found, summary.mostFound(), LABEL_WIDTH);
        }
    }

    /** What no flow shows, a line each. */
    private void besides(TextBuffer out, Summary summary) {
        String label = "capture";
        for (CaptureFinding finding : summary.captureFindings().list()) {
            Rule rule = finding.rule();
            style.append(label(out, label), Style.of(finding.severity()), rule.slug());
            out.append(": ").append(finding.message()).append('\n');
            label = "";
        }
    }

    private void icmp(TextBuffer out, Summary summary) {
        long matched = summary.icmpMatched();
        long unmatched = summary.icmpUnmatched();
        if (matched > 0) {
            Amount.counted(label(out, "ICMP"), matched, "error").append(" about these flows");
        }
        if (unmatched > 0) {
            Amount.counted(matched > 0 ? out.append(", ") : label(out, "ICMP"), unmatched, "error");
            out.append(" about flows that are not here");
        }
        out.append(matched + unmatched > 0 ? "\n" : "");
    }

    private void undecoded(TextBuffer out, Summary summary) {
        long notTcp = summary.count(Decoded.NOT_TCP);
        if (notTcp > 0) {
            Amount.counted(label(out, "not TCP"), notTcp, "packet").append('\n');
        }
        Map<String, Long> undecoded = summary.undecodable();
        if (summary.count(Decoded.FRAGMENT) > 0) {
            undecoded.put("fragment", summary.count(Decoded.FRAGMENT));
        }
        counts(out, "undecoded", undecoded);
    }

    private TextBuffer label(TextBuffer out, String label) {
        column = 0;
        style.append(out.append("  "), Style.Role.DIM, label);
        return out.repeat(' ', LABEL_WIDTH - label.length());
    }

    /** One count of a line; the first has the line's label. */
    private void count(TextBuffer out, @Nullable String label, long count, String name, Style.@Nullable Role role) {
        String number = Amount.grouped(new TextBuffer(16), count) + " ";
        String safe = SafeText.of(name);
        int width = number.length() + safe.length();
        if (label != null) {
            label(out, label);
        } else if (column + 2 + width > lineWidth) {
            out.append(",\n").repeat(' ', LABEL_WIDTH + 2);
            column = 0;
        } else {
            out.append(", ");
            column += 2;
        }
        out.append(number);
        if (role == null) {
            out.append(safe);
        } else {
            style.append(out, role, safe);
        }
        column += width;
    }

    private static void end(TextBuffer out, boolean nothing) {
        if (!nothing) {
            out.append('\n');
        }
    }
}
