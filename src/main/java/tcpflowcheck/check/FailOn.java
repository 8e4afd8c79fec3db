package tcpflowcheck.check;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;

/** The check that nothing of a set of rules is found, over all captures of a run. */
public final class FailOn {
    private static final int MAX_NAMED_STREAMS = 10;

    private final RuleSet forbidden;
    private final Baseline baseline;
    private long known;
    private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
    private final StringBuilder places = new StringBuilder();
    private long streams;

    /** @param baseline what does not count, since it was found before */
    public FailOn(RuleSet forbidden, Baseline baseline) {
        this.forbidden = forbidden;
        this.baseline = baseline;
    }

    /**
     * A flow has ended.
     *
     * @param file its capture's name if there are several, else null
     * @return what is forbidden and was found, or null
     */
    public @Nullable String flow(Flow flow, @Nullable ForeignText file) {
        boolean fails = false;
        StringBuilder found = null;
        for (Finding finding : flow.connection().findings().list()) {
            if (forbidden.contains(finding.rule(), finding.severity()) && baseline.has(flow, finding)) {
                known += finding.count();
            } else if (forbidden.contains(finding.rule(), finding.severity())) {
                counts.merge(finding.rule(), (long) finding.count(), Long::sum);
                fails = true;
                found = found == null ? new StringBuilder() : found.append("; ");
                found.append(finding.rule()).append(" (").append(finding.side()).append(", frame ");
                found.append(finding.frame(0)).append("): ").append(finding.message());
            }
        }
        if (fails && ++streams <= MAX_NAMED_STREAMS) {
            places.append(streams == 1 ? "" : ", ").append(file == null ? "" : file.safe() + " ");
            places.append(flow.stream());
        }
        return found == null ? null : found.toString();
    }

    /**
     * A capture has ended.
     *
     * @return what is forbidden and was found beside its flows, or null
     */
    public @Nullable String capture(CaptureFindings findings) {
        StringBuilder said = new StringBuilder();
        for (Map.Entry<Rule, Long> found : findings.counts().entrySet()) {
            Rule rule = found.getKey();
            if (forbidden.contains(rule, rule.severity()) && baseline.has(rule)) {
                known += found.getValue();
            } else if (forbidden.contains(rule, rule.severity())) {
                counts.merge(rule, found.getValue(), Long::sum);
                said.append(said.length() == 0 ? "" : ", ")
                        .append(found.getValue())
                        .append(' ')
                        .append(rule);
            }
        }
        return said.length() == 0 ? null : said.toString();
    }

    /** Findings that are forbidden and were found before. */
    public long known() {
        return known;
    }

    /** {@code 2 retransmission, 1 reset (streams 0, 4)}. */
    public Verdict verdict() {
        if (counts.isEmpty()) {
            return Verdict.PASSED;
        }
        StringBuilder reason = new StringBuilder();
        counts.forEach((rule, count) -> reason.append(reason.length() > 0 ? ", " : "")
                .append(count)
                .append(' ')
                .append(rule));
        if (streams > 0) {
            reason.append(streams == 1 ? " (stream " : " (streams ").append(places);
            reason.append(streams > MAX_NAMED_STREAMS ? " and " + (streams - MAX_NAMED_STREAMS) + " more)" : ")");
        }
        return new Verdict(true, reason.toString());
    }
}
