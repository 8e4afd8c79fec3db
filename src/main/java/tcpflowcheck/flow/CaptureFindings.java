package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.wire.IpReassembler;

/** What was found in one capture beside its flows. It grows while the capture is read; once that has ended it is given. */
public final class CaptureFindings {
    /** Of one rule, with their addresses; the count goes on. */
    public static final int MAX_NAMED = 100;

    private final RuleSet ignored;
    // By rule: two threads may find, but not by the same rule.
    private final List<List<CaptureFinding>> named = new ArrayList<>();
    private final @Nullable CaptureFinding[] single = new CaptureFinding[Rule.values().length];
    private final long[] counts = new long[Rule.values().length];
    private long lastTime = Long.MIN_VALUE;
    private long found;

    /** @param ignored what is not to be told, here and in the flows */
    public CaptureFindings(RuleSet ignored) {
        this.ignored = ignored;
        while (named.size() < counts.length) {
            named.add(new ArrayList<>(0));
        }
    }

    /** A frame was read. */
    public void frame(Frame frame) {
        if (frame.time() < lastTime) {
            count(Rule.CLOCK_BACKWARDS, frame.number());
        }
        lastTime = frame.time();
        if (frame.capturedLength() < frame.wireLength()) {
            count(Rule.SNAPPED, frame.number());
        }
    }

    /** The file ended inside a record, after this frame. */
    public void cut(long lastFrame) {
        count(Rule.CAPTURE_CUT, lastFrame);
    }

    /** The capture has ended: what became of its fragments. */
    public void fragments(IpReassembler fragments) {
        count(Rule.FRAGMENT_OVERLAP, fragments.firstOverlap(), fragments.overlaps());
        count(Rule.FRAGMENT_MISSING, fragments.firstIncomplete(), fragments.incomplete());
    }

    RuleSet ignored() {
        return ignored;
    }

    /** Once more, in this frame. */
    void count(Rule rule, long frame) {
        count(rule, frame, 1);
    }

    /**
     * So many times more.
     *
     * @param frame the first of them, if there is any
     */
    public void count(Rule rule, long frame, long times) {
        if (times == 0) {
            return;
        }
        long count = counts[rule.ordinal()] += times;
        CaptureFinding finding = single[rule.ordinal()];
        if (finding == null) {
            finding = new CaptureFinding(rule, frame, said(rule) + ": ", "");
            single[rule.ordinal()] = finding;
        }
        finding.count(count);
        finding.shown(frame);
    }

    /**
     * Something that has a place of its own was found.
     *
     * @return what its count is told; it is not listed if too many of the rule are
     */
    CaptureFinding found(Rule rule, long frame, String before, String after) {
        CaptureFinding finding = new CaptureFinding(rule, frame, before, after);
        found++;
        if (++counts[rule.ordinal()] <= MAX_NAMED && !ignores(rule)) {
            named.get(rule.ordinal()).add(finding);
        }
        return finding;
    }

    /** How often something was found that has a place of its own. */
    public long found() {
        return found;
    }

    private boolean ignores(Rule rule) {
        return ignored.contains(rule, rule.severity());
    }

    private static String said(Rule rule) {
        return switch (rule) {
            case CHECKSUM_OFFLOAD -> "segments whose checksum offload explains";
            case CHECKSUM_BAD -> "segments whose checksums are all off by one number; their addresses were rewritten";
            case HEADER_LENGTH_INVALID -> "segments of no flow with an impossible data offset";
            case CLOCK_BACKWARDS -> "frames older than the one before";
            case SNAPPED -> "frames cut by the snap length";
            case CAPTURE_CUT -> "record not whole at the end of the file";
            case FRAGMENT_OVERLAP -> "fragments that contradict others";
            case FRAGMENT_MISSING -> "packets of which fragments are missing";
            default -> throw new IllegalArgumentException(rule + " is no rule of the capture");
        };
    }

    /** In the order of the rules those of the whole capture, then in the same order the others, as they were found. */
    public List<CaptureFinding> list() {
        List<CaptureFinding> all = new ArrayList<>();
        for (CaptureFinding finding : single) {
            if (finding != null && !ignored.contains(finding.rule(), finding.severity())) {
                all.add(finding);
            }
        }
        for (List<CaptureFinding> ofRule : named) {
            all.addAll(ofRule);
        }
        return all;
    }

    /** How often each rule was found: frames, or endpoints, or hosts. Rewritten checksums are only listed. */
    public Map<Rule, Long> counts() {
        Map<Rule, Long> found = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            if (counts[rule.ordinal()] > 0 && rule != Rule.CHECKSUM_BAD && !ignores(rule)) {
                found.put(rule, counts[rule.ordinal()]);
            }
        }
        return found;
    }
}
