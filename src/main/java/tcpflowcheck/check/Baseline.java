package tcpflowcheck.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;

/**
 * What was found before, in what {@code --json} wrote then, and is no news. What is the same again is found by the same rule
 * of the same side of a connection to the same server: streams, frames and the client's port differ in each run.
 */
public final class Baseline {
    /** Nothing is known. */
    public static final Baseline NONE = new Baseline();

    private final Set<String> known = new HashSet<>();

    private Baseline() {}

    /**
     * Reads a file.
     *
     * @throws ExpectationException if a line is no JSON of a flow or a summary
     */
    public static Baseline read(String name) throws IOException, ExpectationException {
        Baseline baseline = new Baseline();
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(FileName.path(name), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                baseline.add(name + ":" + number, line);
            }
        }
        if (number == 0) {
            throw new ExpectationException(name + ": expected what --json writes, found an empty file");
        }
        return baseline;
    }

    private void add(String place, String line) throws ExpectationException {
        Map<?, ?> object;
        try {
            object = map(place, new Load(LoadSettings.builder().setLabel(place).build()).loadFromString(line));
        } catch (YamlEngineException | StackOverflowError wrong) {
            throw wrong(place, "no JSON");
        }
        String type = String.valueOf(object.get("type"));
        if (type.equals("flow")) {
            Map<?, ?> server = map(place, object.get("server"));
            String end = end(String.valueOf(server.get("address")), server.get("port"));
            for (Object each : list(place, object.get("findings"))) {
                Map<?, ?> finding = map(place, each);
                known.add(key(String.valueOf(finding.get("rule")), String.valueOf(finding.get("side")), end));
            }
        } else if (type.equals("summary")) {
            for (Object each : list(place, object.get("captureFindings"))) {
                known.add(key(String.valueOf(map(place, each).get("rule")), "", ""));
            }
        } else {
            throw wrong(place, "something else");
        }
    }

    private static Map<?, ?> map(String place, @Nullable Object value) throws ExpectationException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(place, "something else");
    }

    private static List<?> list(String place, @Nullable Object value) throws ExpectationException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(place, "something else");
    }

    private static ExpectationException wrong(String place, String found) {
        return new ExpectationException(place + ": expected a flow or a summary that --json wrote, found " + found);
    }

    private static String end(String address, @Nullable Object port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    private static String key(String rule, String side, String server) {
        return rule + " " + side + " " + server;
    }

    /** Whether a finding of a flow is no news. */
    boolean has(Flow flow, Finding finding) {
        return !known.isEmpty()
                && known.contains(
                        key(finding.rule().slug(), String.valueOf(finding.side()), GroupKey.end(flow, Side.SERVER)));
    }

    /** Whether what was found beside the flows is no news. */
    boolean has(Rule rule) {
        return known.contains(key(rule.slug(), "", ""));
    }
}
