package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes down what was seen as an expectation that the same capture meets: the verdicts, no times. That a verdict is in
 * doubt is written, that it is certain is not: nobody should expect a doubtful one unawares.
 */
public final class ExpectationWriter {
    private static final int MOST_FLOWS = 1000;

    private final StringBuilder text = new StringBuilder();
    private int flows;

    /** A flow's object. */
    public void flow(Map<String, Object> seen) {
        if (flows++ >= MOST_FLOWS) {
            return;
        }
        Map<?, ?> client = (Map<?, ?>) seen.get("client");
        Map<?, ?> server = (Map<?, ?>) seen.get("server");
        text.append("stream ").append(seen.get("stream")).append(":  # ");
        text.append(client.get("address"))
                .append(' ')
                .append(client.get("port"))
                .append(" > ");
        text.append(server.get("address"))
                .append(' ')
                .append(server.get("port"))
                .append('\n');
        Map<?, ?> handshake = (Map<?, ?>) seen.get("handshake");
        line("handshake", "{kind: " + handshake.get("kind") + doubt(handshake) + "}");
        Map<?, ?> close = (Map<?, ?>) seen.get("close");
        line("close", "{kind: " + close.get("kind") + ", by: " + close.get("by") + doubt(close) + "}");
        Map<?, ?> reset = (Map<?, ?>) seen.get("reset");
        String what = reset == null
                ? "null"
                : "{kind: " + reset.get("kind") + ", by: " + reset.get("by") + doubt(reset) + "}";
        line("reset", what);
        Map<?, ?> mss = (Map<?, ?>) seen.get("mss");
        line("mss", "{client: " + mss.get("client") + ", server: " + mss.get("server") + "}");
        Map<?, ?> states = (Map<?, ?>) seen.get("states");
        text.append("  states:\n");
        text.append("    client: ").append(states.get("client")).append('\n');
        text.append("    server: ").append(states.get("server")).append('\n');
        List<String> findings = new ArrayList<>();
        for (Object finding : (List<?>) seen.get("findings")) {
            Map<?, ?> found = (Map<?, ?>) finding;
            findings.add("{rule: " + found.get("rule") + ", side: " + found.get("side") + "}");
        }
        line("findings", findings.isEmpty() ? "[]" : "{set: [" + String.join(", ", findings) + "]}");
    }

    private static String doubt(Map<?, ?> verdict) {
        return Boolean.FALSE.equals(verdict.get("certain")) ? ", certain: false" : "";
    }

    private void line(String key, String value) {
        text.append("  ").append(key).append(": ").append(value).append('\n');
    }

    /** A capture's summary object. */
    public void end(Map<String, Object> summary) {
        text.insert(
                0,
                "# what was seen in " + summary.get("file").toString().replaceAll("\\p{Cntrl}", "?")
                        + "; take out what does not matter\nflows: " + summary.get("flows") + "\n");
        if (flows > MOST_FLOWS) {
            text.append("# the other ").append(flows - MOST_FLOWS).append(" flows are not written down\n");
        }
    }

    public String text() {
        return text.toString();
    }
}
