package tcpflowcheck.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.JsonReporter;

/**
 * What a capture must be like: sections that name flows ({@code stream 0}, {@code 10.0.0.1:* > *:443}, {@code every
 * flow}, {@code no flow}), the number of {@code flows}, and the {@code summary}.
 */
public final class ExpectationFile {
    private static final Pattern STREAM = Pattern.compile("stream (\\d{1,18})");
    private static final String END = "(\\*|\\[[0-9A-Fa-f:.]+\\]|[0-9.]+):(\\*|\\d+)";
    private static final Pattern ENDPOINTS = Pattern.compile(END + "\\s*>\\s*" + END);
    private static final Pattern GROUP = Pattern.compile("by ([a-z]+(?:,[a-z]+)?) (.+)");
    private static final String ALL_FLOWS = "all flows";
    private static final List<String> SECTIONS = List.of(
            "flows",
            "summary",
            "every flow",
            "no flow",
            ALL_FLOWS,
            "stream 0",
            "10.0.0.1:* > *:443",
            "by server 10.0.0.1:80");

    /** A section, and how often it has been met. */
    private static final class Section {
        private final String name;
        private final String place;
        private final Expectation expectation;
        private final List<Miss> misses = new ArrayList<>();
        private long met;
        /** Of a section that is about a group, null otherwise. */
        private final @Nullable GroupSection group;

        Section(String name, String place, Expectation expectation) {
            this(name, place, expectation, null);
        }

        Section(String name, String place, Expectation expectation, @Nullable GroupSection group) {
            this.group = group;
            this.name = name;
            this.place = place;
            this.expectation = expectation;
        }

        /** The misses; where several flows are meant and not all say the same, a person has to decide. */
        private List<Miss> decided() {
            Map<Miss.Renewal, Integer> counts = new HashMap<>();
            misses.forEach(miss -> counts.merge(miss.renewal(), 1, Integer::sum)); // null is a key, too
            return misses.stream()
                    .map(miss -> counts.getOrDefault(miss.renewal(), 0) < met ? miss.undecided() : miss)
                    .toList();
        }
    }

    private final String file;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> flowNames = new ArrayList<>();

    private ExpectationFile(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param schema of the output
     * @throws ExpectationException if it is no YAML, or can't be meant
     */
    public static ExpectationFile parse(String file, String text, Map<String, Object> schema)
            throws ExpectationException {
        ExpectationFile read = new ExpectationFile(file);
        MappingNode map = map(file, text, "sections such as 'flows: 1' or 'stream 0:'");
        List<String> errors = new ArrayList<>();
        if (map.getValue().isEmpty()) {
            errors.add(file + ":1:1: expects nothing: there is no section in it");
        }
        try {
            for (NodeTuple entry : map.getValue()) {
                try {
                    read.section(entry, schema);
                } catch (ExpectationException wrong) {
                    errors.addAll(wrong.all());
                }
            }
        } catch (StackOverflowError deep) {
            throw new ExpectationException(file + ": nested too deeply");
        }
        if (!errors.isEmpty()) {
            throw new ExpectationException(errors);
        }
        return read;
    }

    /**
     * Reads the map that the whole text is.
     *
     * @param expected what stands in it, for one who wrote something else
     */
    static MappingNode map(String file, String text, String expected) throws ExpectationException {
        Node root;
        try {
            root = new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            throw new ExpectationException(file + ":" + line + ":" + column + ": no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ExpectationException(file + ": no YAML: " + e.getMessage());
        } catch (StackOverflowError deep) {
            throw new ExpectationException(file + ": nested too deeply");
        }
        if (!(root instanceof MappingNode map)) {
            throw new ExpectationException(file + ":1:1: expected " + expected);
        }
        return map;
    }

    /** The JSON Schema of the output, which is YAML too. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> schema() throws IOException {
        try (InputStream in = JsonReporter.class.getResourceAsStream("flow.schema.json")) {
            return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }

    String name() {
        return file;
    }

    private void section(NodeTuple entry, Map<String, Object> schema) throws ExpectationException {
        Node key = entry.getKeyNode();
        String name = Expectation.text(key).strip();
        int line = key.getStartMark().orElseThrow().getLine() + 1;
        String place = file + ":" + line;
        if (name.equals("flows")) {
            sections.add(new Section(name, place, new Expectation(file, bounded(entry), Shape.of(schema, "summary"))));
            return;
        }
        Matcher group = GROUP.matcher(name);
        if (name.equals(ALL_FLOWS) || group.matches()) {
            notEmpty(entry, name);
            GroupSection of = name.equals(ALL_FLOWS)
                    ? new GroupSection(List.of(), List.of())
                    : GroupSection.of(group.group(1), group.group(2), place);
            sections.add(new Section(
                    name, place, new Expectation(file, entry.getValueNode(), Shape.of(schema, "group")), of));
            return;
        }
        boolean known = name.equals("every flow")
                || name.equals("no flow")
                || name.equals("summary")
                || STREAM.matcher(name).matches()
                || ENDPOINTS.matcher(name).matches();
        if (!known) {
            int column = key.getStartMark().orElseThrow().getColumn() + 1;
            throw new ExpectationException(
                    place + ":" + column + ": no such section: '" + name + "'" + Nearest.hint(name, SECTIONS)
                            + "; there are flows, summary, every flow, no flow, all flows, stream N, CLIENT:PORT > SERVER:PORT, and by KEY VALUE");
        }
        if (name.equals("summary")) {
            notEmpty(entry, name);
        }
        Shape shape = Shape.of(schema, name.equals("summary") ? "summary" : "flow");
        sections.add(new Section(name, place, new Expectation(file, entry.getValueNode(), shape)));
    }

    /** What names a flow expects that there is one; these do not. */
    private void notEmpty(NodeTuple entry, String name) throws ExpectationException {
        Node value = entry.getValueNode();
        if (!(value instanceof MappingNode map) || map.getValue().isEmpty()) {
            Mark at = entry.getKeyNode().getStartMark().orElseThrow();
            throw new ExpectationException(file + ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1) + ": " + name
                    + " expects nothing: write what, as in 'handshakes: {refused: {max: 1%}}'");
        }
    }

    private static Node bounded(NodeTuple entry) {
        return new MappingNode(
                org.snakeyaml.engine.v2.nodes.Tag.MAP,
                true,
                List.of(entry),
                org.snakeyaml.engine.v2.common.FlowStyle.BLOCK,
                entry.getKeyNode().getStartMark(),
                entry.getValueNode().getEndMark());
    }

    /** Whether something is expected of groups of flows, for which {@link #group} has to be told each. */
    public boolean hasGroups() {
        return sections.stream().anyMatch(section -> section.group != null);
    }

    /** A flow has ended, which may belong to groups of which something is expected. */
    public void group(Flow flow) {
        for (Section section : sections) {
            if (section.group != null) {
                section.group.add(flow);
            }
        }
    }

    /** A flow has ended; {@code seen} is its object. */
    public void flow(Map<String, Object> seen) {
        String subject = subject(seen);
        flowNames.add(subject);
        for (Section section : sections) {
            if (section.group == null && names(section.name, seen)) {
                section.met++;
                List<Miss> misses = section.expectation.misses(subject, seen);
                if (!section.name.equals("no flow")) {
                    section.misses.addAll(misses);
                } else if (misses.isEmpty()) {
                    section.misses.add(new Miss(
                            section.place, subject, "no flow", "none like this", "this flow", Frames.of("", seen)));
                }
            }
        }
    }

    /** {@code stream 0 (10.0.0.1:4000 > 10.0.0.2:80)}, of a flow's object. */
    public static String subject(Map<String, Object> flow) {
        return "stream " + flow.get("stream") + " (" + endpoints(flow) + ")";
    }

    private static boolean names(String section, Map<String, Object> flow) {
        if (section.equals("every flow") || section.equals("no flow")) {
            return true;
        }
        Matcher stream = STREAM.matcher(section);
        if (stream.matches()) {
            return Member.number(flow, "stream").equals(Long.valueOf(stream.group(1)));
        }
        Matcher ends = ENDPOINTS.matcher(section);
        return ends.matches()
                && isEnd(Member.object(flow, "client"), ends.group(1), ends.group(2))
                && isEnd(Member.object(flow, "server"), ends.group(3), ends.group(4));
    }

    private static boolean isEnd(Map<?, ?> seen, String address, String port) {
        String written = address.replaceAll("[\\[\\]]", "");
        return (address.equals("*") || written.equalsIgnoreCase(Member.text(seen, "address")))
                && (port.equals("*") || port.equals(Member.text(seen, "port")));
    }

    private static String endpoints(Map<String, Object> flow) {
        return endpoint(Member.object(flow, "client")) + " > " + endpoint(Member.object(flow, "server"));
    }

    private static String endpoint(Map<?, ?> seen) {
        String address = Member.text(seen, "address");
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + seen.get("port");
    }

    /** The capture has ended; {@code summary} is its object. */
    public void end(Map<String, Object> summary) {
        for (Section section : sections) {
            if (section.group != null) {
                Map<String, Object> group = section.group.object();
                if (group == null) {
                    section.misses.add(new Miss(section.place, "the capture", section.name, "a flow", "none", 0));
                } else {
                    section.misses.addAll(section.expectation.misses(section.name, group));
                }
            } else if (section.name.equals("summary") || section.name.equals("flows")) {
                section.met++;
                section.misses.addAll(section.expectation.misses("the capture", summary));
            } else if (section.met == 0 && !section.name.equals("no flow")) {
                section.misses.add(new Miss(section.place, "the capture", section.name, "a flow", there(), 0));
            }
        }
    }

    private String there() {
        if (flowNames.isEmpty()) {
            return "none: the capture has no flow";
        }
        int shown = Math.min(flowNames.size(), 3);
        String more = flowNames.size() > shown ? " and " + (flowNames.size() - shown) + " more" : "";
        return "none; there are " + String.join(", ", flowNames.subList(0, shown)) + more;
    }

    /** What each section came to. */
    public List<Checked> checked() {
        List<Checked> all = new ArrayList<>();
        for (Section section : sections) {
            all.add(new Checked(section.name, section.place, section.decided()));
        }
        return all;
    }

    /** Given: a section, and what was missed in it. */
    public record Checked(String section, String place, List<Miss> misses) {}
}
