package tcpflowcheck.report;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.group.GroupKey;
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

    private static final Pattern RFC = Pattern.compile("RFC (\\d+)(?: (\\d+(?:\\.\\d+)*))?");

    private final TextBuffer results = new TextBuffer(1 << 12);
    private final JsonWriter json = new JsonWriter(results);
    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    private final Set<Problem> problems = EnumSet.noneOf(Problem.class);
    private final Map<String, Integer> fingerprints = new HashMap<>();
    private ForeignText file;
    private int count;

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public void begin(ForeignText name, CaptureNotes notes) {
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
            String place = GroupKey.end(flow, Side.SERVER) + ":" + finding.side();
            result(
                    finding.rule(),
                    finding.severity(),
                    message,
                    place,
                    flow.stream(),
                    finding.frame(0),
                    finding.count());
        }
    }

    private void result(
            Rule rule, Severity severity, String message, String place, long stream, long frame, long times) {
        rules.add(rule);
        if (count++ >= MOST_RESULTS) {
            return;
        }
        result(rule.slug(), severity.toString(), message, file.raw(), 1, place);
        json.key("properties").beginObject().member("stream", stream).member("frame", frame);
        json.member("count", times).endObject().endObject();
    }

    /** Begins an object, to which members can still be added. */
    private void result(String rule, String level, String message, String path, int line, String place) {
        String uri = uri(path);
        json.beginObject().member("ruleId", rule).member("level", level);
        json.key("message").beginObject().member("text", SafeText.of(message)).endObject();
        json.key("locations").beginArray().beginObject().key("physicalLocation").beginObject();
        json.key("artifactLocation").beginObject().member("uri", uri).endObject();
        json.key("region").beginObject().member("startLine", line).endObject();
        json.endObject().endObject().endArray();
        // The same server's next capture has other streams, frames and client ports: what is the same again is none of
        // these.
        String same = uri + ":" + rule + ":" + place;
        int before = fingerprints.merge(same, 1, Integer::sum);
        json.key("partialFingerprints")
                .beginObject()
                .member("serverRule/v2", same + ":" + before)
                .endObject();
    }

    /**
     * Something that is no finding fails the run.
     *
     * @param problem what kind
     * @param path the file to look at
     * @param line in it, from 1
     */
    public void problem(Problem problem, String message, String path, int line) {
        problems.add(problem);
        if (count++ < MOST_RESULTS) {
            result(problem.slug, "error", message, path, line, Integer.toString(line));
            json.endObject();
        }
    }

    /** What fails a run beside findings. */
    public enum Problem {
        EXPECTATION_MISSED("expectation-missed", "the capture is not as its expectation says"),
        CAPTURE_UNREADABLE("capture-unreadable", "the capture could not be read to its end");

        private final String slug;
        private final String sentence;

        Problem(String slug, String sentence) {
            this.slug = slug;
            this.sentence = sentence;
        }
    }

    /** A relative reference (RFC 3986), as GitHub wants it: below the working directory, never above it. */
    private static String uri(String given) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = FileName.path(given).toAbsolutePath().normalize();
        String path = given.equals("-")
                ? given
                : absolute.startsWith(here)
                        ? FileName.of(here.relativize(absolute))
                        : FileName.of(absolute.getFileName());
        StringBuilder uri = new StringBuilder();
        for (byte octet : FileName.octets(path.replace('\\', '/'))) {
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
            result(
                    finding.rule(),
                    finding.severity(),
                    finding.message(),
                    "capture",
                    -1,
                    finding.firstFrame(),
                    finding.count());
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
        Catalogue words = Catalogue.of(Catalogue.Language.EN);
        for (Rule rule : rules) {
            TextBuffer help = new TextBuffer(512);
            Explanation.append(help, rule, words);
            log.beginObject().member("id", rule.slug());
            log.key("shortDescription")
                    .beginObject()
                    .member("text", rule.sentence())
                    .endObject();
            log.key("fullDescription")
                    .beginObject()
                    .member("text", rule.sentence() + " (" + rule.source() + ")")
                    .endObject();
            log.key("help").beginObject().member("text", help.toString());
            log.member("markdown", "```text\n" + help + "```\n").endObject();
            if (uriOf(rule) != null) {
                log.member("helpUri", uriOf(rule));
            }
            log.key("defaultConfiguration")
                    .beginObject()
                    .member("level", rule.severity().toString())
                    .endObject();
            log.endObject();
        }
        for (Problem problem : problems) {
            log.beginObject().member("id", problem.slug);
            log.key("shortDescription")
                    .beginObject()
                    .member("text", problem.sentence)
                    .endObject();
            log.key("defaultConfiguration")
                    .beginObject()
                    .member("level", "error")
                    .endObject();
            log.endObject();
        }
        log.endArray().endObject().endObject();
        if (left() > 0) {
            log.key("properties").beginObject().member("resultsLeftOut", left()).endObject();
        }
        log.key("results").beginArray();
        String body = results.toString();
        out.append(body).append("]}]}\n");
        return out.toString();
    }

    /** The section of the RFC that a rule names first, or null. */
    private static @Nullable String uriOf(Rule rule) {
        Matcher source = RFC.matcher(rule.source());
        if (!source.find()) {
            return null;
        }
        String section = source.group(2) == null ? "" : "#section-" + source.group(2);
        return "https://www.rfc-editor.org/rfc/rfc" + source.group(1) + section;
    }

    /** Results that found no place. */
    public int left() {
        return Math.max(count - MOST_RESULTS, 0);
    }
}
