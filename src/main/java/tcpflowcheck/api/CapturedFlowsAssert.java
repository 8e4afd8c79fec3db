package tcpflowcheck.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tcpflowcheck.check.ExpectationException;
import tcpflowcheck.check.ExpectationFile;
import tcpflowcheck.check.Miss;

/** Holds the flows of a capture against what a test expects of them. */
public final class CapturedFlowsAssert {
    private final CapturedFlows captured;

    CapturedFlowsAssert(CapturedFlows captured) {
        this.captured = captured;
    }

    /** There are so many flows. */
    public CapturedFlowsAssert hasFlows(int count) {
        return require(captured.size() == count, "flows", count, captured.told());
    }

    /** So many were opened so. */
    public CapturedFlowsAssert opened(Opening opening, int count) {
        int seen = captured.count(opening);
        return require(seen == count, "handshakes." + opening, count, seen);
    }

    /** So many were closed so. */
    public CapturedFlowsAssert closed(Closing closing, int count) {
        int seen = captured.count(closing);
        return require(seen == count, "closes." + closing, count, seen);
    }

    /** In so many this was found. */
    public CapturedFlowsAssert finding(Rule rule, int count) {
        int seen = captured.count(rule);
        return require(seen == count, "findings." + rule, count, seen);
    }

    private CapturedFlowsAssert require(boolean right, String path, Object expected, Object seen) {
        if (!right) {
            String place = captured.name();
            captured.origin()
                    .require(List.of(Miss.of(place, CapturedFlows.CAPTURE, path, expected.toString(), seen, 0)));
        }
        return this;
    }

    /** There is a flow, and in none of them any of these was found, nor beside them if this is a whole capture. */
    public CapturedFlowsAssert noFinding(Rule... rules) {
        everyFlow(flow -> flow.noFinding(rules));
        if (captured.summary() != null) {
            for (Object each : Tree.list(captured.whole(), "captureFindings")) {
                Map<?, ?> found = (Map<?, ?>) each;
                boolean forbidden = List.of(rules).contains(Tree.constant(Rule.class, found, "rule"));
                require(!forbidden, "captureFindings", "no " + found.get("rule"), Tree.text(found, "message"));
            }
        }
        return this;
    }

    /** There is a flow, and in none of them anything was found. */
    public CapturedFlowsAssert noFindings() {
        return everyFlow(FlowAssert::noFindings);
    }

    /** There is a flow, and each of them is so; the first that is not ends the test. */
    public CapturedFlowsAssert everyFlow(Consumer<FlowAssert> so) {
        require(captured.size() > 0, "flows", "{min: 1}", captured.told());
        captured.forEach(flow -> so.accept(new FlowAssert(flow)));
        return this;
    }

    /**
     * The capture is as an expectation file says; all that is not is told at once, with the file's lines.
     *
     * @param file YAML, as {@code tcpflow-check --expect} takes it and {@code --write-expect} writes it
     * @throws WrongExpectationException if it can't be read or can't be meant
     * @throws IllegalStateException if these are only some of the capture's flows
     */
    public CapturedFlowsAssert matches(Path file) {
        Map<String, Object> summary = captured.whole();
        ExpectationFile expected = read(file);
        if (expected.hasGroups()) {
            throw new WrongExpectationException(
                    file + ": sections 'by KEY VALUE' and 'all flows' are for the command line only", null);
        }
        captured.forEach(flow -> expected.flow(flow.object()));
        expected.end(summary);
        List<Miss> misses = new ArrayList<>();
        expected.checked().forEach(checked -> misses.addAll(checked.misses()));
        captured.origin().require(misses);
        return this;
    }

    /** The same as {@link #matches}, of a path as text. */
    public CapturedFlowsAssert expect(String file) {
        return matches(Path.of(file));
    }

    private static ExpectationFile read(Path file) {
        try {
            return ExpectationFile.parse(file.toString(), Files.readString(file), FlowAssert.SCHEMA);
        } catch (NoSuchFileException missing) {
            throw new WrongExpectationException(file + ": no such file", missing);
        } catch (IOException unreadable) {
            throw new WrongExpectationException(file + ": can't be read: " + unreadable.getMessage(), unreadable);
        } catch (ExpectationException wrong) {
            throw new WrongExpectationException(wrong.getMessage(), wrong);
        }
    }
}
