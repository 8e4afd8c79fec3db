package tcpflowcheck.api;

/**
 * Where assertions begin. A miss is an {@code AssertionError} that says what {@code tcpflow-check --expect} says: the
 * capture, the flow and the key; what was expected; what was seen, and in which frame. The names go together with a
 * static import of AssertJ's {@code assertThat}.
 */
public final class FlowAssertions {
    private FlowAssertions() {}

    public static FlowAssert assertThat(Flow flow) {
        return new FlowAssert(flow);
    }

    public static CapturedFlowsAssert assertThat(CapturedFlows flows) {
        return new CapturedFlowsAssert(flows);
    }
}
