package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a program expects of one flow: a section of an expectation without its file. */
public final class InlineExpectation {
    private static final String NAME = "expectation";

    private final Expectation expectation;

    private InlineExpectation(Expectation expectation) {
        this.expectation = expectation;
    }

    /**
     * Takes what stands below {@code stream 0:} in a file.
     *
     * @param schema of the output
     * @throws ExpectationException if it is no YAML, or can't be meant
     */
    public static InlineExpectation ofFlow(String yaml, Map<String, Object> schema) throws ExpectationException {
        Shape shape = Shape.of(schema, "flow");
        return new InlineExpectation(
                new Expectation(NAME, ExpectationFile.map(NAME, yaml, "keys such as 'close:'"), shape));
    }

    /**
     * Compares with a flow's object.
     *
     * @param place what is named in the place of a file and a line
     */
    public List<Miss> misses(String place, Map<String, Object> seen) {
        List<Miss> misses = new ArrayList<>();
        for (Miss miss : expectation.misses(ExpectationFile.subject(seen), seen)) {
            misses.add(new Miss(place, miss.subject(), miss.path(), miss.expected(), miss.seen(), miss.frame()));
        }
        return misses;
    }
}
