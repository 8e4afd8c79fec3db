package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what was seen as an expectation that the same capture meets: the verdicts, no times. That a verdict is in
 * doubt is written, that it is certain is not: nobody should expect a doubtful one unawares.
 */
public final class ExpectationWriter {
    private static final int MOST_FLOWS = 1000;

    private record Written(String ends, Object stream, String body) {}

    private final List<Written> written = new ArrayList<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private String head = "";
    private int flows;

    /** A flow's object. */
    public void flow(Map<String, Object> seen) {
        if (flows++ >= MOST_FLOWS) {
            return;
        }
        Map<?, ?> server = Member.object(seen, "server");
        String ends = address(Member.object(seen, "client")) + ":* > " + address(server) + ":" + server.get("port");
        StringBuilder text = new StringBuilder();
        Map<?, ?> handshake = Member.object(seen, "handshake");
        line(text, "handshake", "{kind: " + handshake.get("kind") + doubt(handshake) + "}");
        Map<?, ?> close = Member.object(seen, "close");
        line(text, "close", "{kind: " + close.get("kind") + ", by: " + close.get("by") + doubt(close) + "}");
        Map<?, ?> reset = (Map<?, ?>) seen.get("reset");
        String what = reset == null
                ? "null"
                : "{kind: " + reset.get("kind") + ", by: " + reset.get("by") + doubt(reset) + "}";
        line(text, "reset", what);
        Map<?, ?> mss = Member.object(seen, "mss");
        line(text, "mss", "{client: " + mss.get("client") + ", server: " + mss.get("server") + "}");
        Map<?, ?> states = Member.object(seen, "states");
        text.append("  states:\n");
        text.append("    client: ").append(states.get("client")).append('\n');
        text.append("    server: ").append(states.get("server")).append('\n');
        List<String> findings = new ArrayList<>();
        for (Object finding : Member.list(seen, "findings")) {
            Map<?, ?> found = (Map<?, ?>) finding;
            findings.add("{rule: " + found.get("rule") + ", side: " + found.get("side") + "}");
        }
        line(text, "findings", findings.isEmpty() ? "[]" : "{set: [" + String.join(", ", findings) + "]}");
        alike.merge(ends, 1, Integer::sum);
        written.add(new Written(ends, Member.of(seen, "stream"), text.toString()));
    }

    private static String address(Map<?, ?> end) {
        String address = Member.text(end, "address");
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static String doubt(Map<?, ?> verdict) {
        return Boolean.FALSE.equals(verdict.get("certain")) ? ", certain: false" : "";
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(": ").append(value).append('\n');
    }

    /** A capture's summary object. */
    public void end(Map<String, Object> summary) {
        head = "# yaml-language-server: $schema=expect.schema.json\n# what was seen in "
                + Member.text(summary, "file").replaceAll("\\p{Cntrl}", "?")
                + "; take out what does not matter\n# (tcpflow-check --schema expect >expect.schema.json lets an editor help)\nflows: "
                + summary.get("flows") + "\n";
    }

    /** The client's port is another in the next run: a flow is named by its ends unless several have the same. */
    public String text() {
        StringBuilder text = new StringBuilder(head);
        for (Written each : written) {
            boolean only = alike.getOrDefault(each.ends, 0) == 1;
            String name = only && each.ends.startsWith("[") ? '"' + each.ends + '"' : each.ends;
            text.append(only ? name : "stream " + each.stream).append(only ? ":\n" : ":  # " + each.ends + "\n");
            text.append(each.body);
        }
        if (flows > MOST_FLOWS) {
            text.append("# the other ").append(flows - MOST_FLOWS).append(" flows are not written down\n");
        }
        return text.toString();
    }
}
