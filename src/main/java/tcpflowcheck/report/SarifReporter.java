package tcpflowcheck.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Findings as SARIF 2.1.0, for code scanning: rules with their help, one result for each finding. */
public final class SarifReporter implements Reporter {
    /** What GitHub takes of one run. */
    private static final int MOST_RESULTS = 25_000;

    private final TextBuffer results = new TextBuffer(1 << 12);
    private final JsonWriter json = new JsonWriter(results);
    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    private String file;
    private int count;

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public void begin(String name, CaptureNotes notes) {
        file = name;
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        TextBuffer ends = FlowHeader.addresses(new TextBuffer(64), flow);
        for (Finding finding : flow.connection().findings().list()) {
            String message = finding.message() + " (stream " + flow.stream() + ", " + ends + ", " + finding.side()
                    + ", frame " + finding.frame(0)
                    + (finding.count() > 1 ? " and " + (finding.count() - 1) + " more" : "")
                    + ")";
            result(finding.rule(), finding.severity(), message, flow.stream(), finding.frame(0), finding.count());
        }
    }

    private void result(Rule rule, Severity severity, String message, long stream, long frame, long times) {
        rules.add(rule);
        if (count++ >= MOST_RESULTS) {
            return;
        }
        json.beginObject().member("ruleId", rule.slug()).member("level", severity.toString());
        json.key("message").beginObject().member("text", SafeText.of(message)).endObject();
        json.key("locations").beginArray().beginObject().key("physicalLocation").beginObject();
        json.key("artifactLocation").beginObject().member("uri", uri(file)).endObject();
        json.key("region").beginObject().member("startLine", 1).endObject();
        json.endObject().endObject().endArray();
        json.key("partialFingerprints").beginObject();
        json.member("streamRule/v1", stream + ":" + rule.slug() + ":" + frame).endObject();
        json.key("properties").beginObject().member("stream", stream).member("frame", frame);
        json.member("count", times).endObject().endObject();
    }

    /** A relative reference (RFC 3986). */
    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte octet : path.replace('\\', '/').getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || "-._~/".indexOf(octet) >= 0);
            uri.append(
                    plain
                            ? String.valueOf((char) octet)
                            : String.format(java.util.Locale.ROOT, "%%%02X", octet & 0xff));
        }
        return uri.toString();
    }

    @Override
    public void end(Summary summary) {
        for (CaptureFinding finding : summary.captureFindings().list()) {
            result(finding.rule(), finding.severity(), finding.message(), -1, finding.firstFrame(), finding.count());
        }
    }

    /** The whole document. */
    public String document(String version) {
        TextBuffer out = new TextBuffer(1 << 12);
        JsonWriter log = new JsonWriter(out);
        log.beginObject()
                .member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                .member("version", "2.1.0");
        log.key("runs")
                .beginArray()
                .beginObject()
                .key("tool")
                .beginObject()
                .key("driver")
                .beginObject();
        log.member("name", "tcpflow-check").member("version", version);
        log.key("rules").beginArray();
        for (Rule rule : rules) {
            TextBuffer help = new TextBuffer(512);
            Explanation.append(help, rule);
            log.beginObject().member("id", rule.slug());
            log.key("shortDescription")
                    .beginObject()
                    .member("text", rule.sentence())
                    .endObject();
            log.key("help").beginObject().member("text", help.toString()).endObject();
            log.key("defaultConfiguration")
                    .beginObject()
                    .member("level", rule.severity().toString())
                    .endObject();
            log.endObject();
        }
        log.endArray().endObject().endObject().key("results").beginArray();
        String body = results.toString();
        out.append(body).append("]}]}\n");
        return out.toString();
    }

    /** Results that found no place. */
    public int left() {
        return Math.max(count - MOST_RESULTS, 0);
    }
}
