package tcpflowcheck.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.check.ExpectationException;
import tcpflowcheck.check.ExpectationFile;
import tcpflowcheck.check.InlineExpectation;
import tcpflowcheck.check.Miss;

/** Holds a flow against what a test expects of it; the first miss ends the test. */
public final class FlowAssert {
    /** Of the output, which says what can be expected. */
    static final Map<String, Object> SCHEMA = schema();

    private final Flow flow;

    FlowAssert(Flow flow) {
        this.flow = flow;
    }

    private static Map<String, Object> schema() {
        try {
            return ExpectationFile.schema();
        } catch (IOException broken) {
            throw new UncheckedIOException("the jar can't be read", broken);
        }
    }

    /** It was opened so, or it was not for this reason. */
    public FlowAssert opened(Opening opening) {
        return like("handshake.kind: " + opening);
    }

    /** It was closed so, or was not. */
    public FlowAssert closed(Closing closing) {
        return like("close.kind: " + closing);
    }

    /** This end sent the first FIN, or the RST that ended it. */
    public FlowAssert closedBy(Side side) {
        return like("close.by: " + side);
    }

    /** An RST of this kind ended it. */
    public FlowAssert reset(ResetKind kind) {
        return like("reset.kind: " + kind);
    }

    /** An RST of this end ended it. */
    public FlowAssert resetBy(Side side) {
        return like("reset.by: " + side);
    }

    /** No RST ended it. */
    public FlowAssert noReset() {
        return like("reset: null");
    }

    /** The end was in this state when the flow ended. */
    public FlowAssert state(Side side, State state) {
        List<State> path = flow.states(side);
        if (path.isEmpty() || path.get(path.size() - 1) != state) {
            miss("states." + side, "[.., " + state + "]", path, flow.lastFrame());
        }
        return this;
    }

    /** The end went through these states, and no others, from the first to the last. */
    public FlowAssert states(Side side, State... path) {
        return like("states." + side + ": " + List.of(path));
    }

    /** The kinds of opening, close and reset rest on nothing that the capture can't prove. */
    public FlowAssert certain() {
        like("handshake.certain: true").like("close.certain: true");
        return flow.reset().isEmpty() ? this : like("reset.certain: true");
    }

    /** This was found. */
    public FlowAssert finding(Rule rule) {
        return like("findings: {contains: [" + rule + "]}");
    }

    /** None of these was found. */
    public FlowAssert noFinding(Rule... rules) {
        for (Rule rule : rules) {
            for (Finding finding : flow.findings()) {
                if (finding.rule() == rule) {
                    Object seen = flow.value("findings");
                    miss("findings", "no " + rule, seen, finding.frames().get(0));
                }
            }
        }
        return this;
    }

    /** Nothing was found. */
    public FlowAssert noFindings() {
        return like("findings: []");
    }

    /**
     * It is as a section of an expectation file says: {@code timing.connectNanos: {max: 200ms}}, {@code mss: {client: 1460}}.
     *
     * @param yaml keys of {@code --json}'s flow object; numbers with a unit, ns, us, ms or s, B, KB, KiB, MB or MiB
     * @throws WrongExpectationException if that is no YAML, or names a key or a value that there is not
     */
    public FlowAssert like(String yaml) {
        try {
            InlineExpectation expected = InlineExpectation.ofFlow(yaml, SCHEMA);
            flow.origin().require(expected.misses(flow.origin().name(), flow.object()));
            return this;
        } catch (ExpectationException wrong) {
            throw new WrongExpectationException(wrong.getMessage(), wrong);
        }
    }

    private void miss(String path, String expected, @Nullable Object seen, long frame) {
        String place = flow.origin().name();
        flow.origin().require(List.of(Miss.of(place, flow.toString(), path, expected, seen, frame)));
    }
}
