package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** {@code --update-expect}: what was missed is written anew as it was seen, and all else of the file stays. */
public final class Renewals {
    private Renewals() {}

    /** What would make a miss right, or null: a bound is a person's to move, and so is a list over several lines. */
    static Miss.@Nullable Renewal of(Node node, @Nullable Object seen) {
        int from = node.getStartMark().orElseThrow().getIndex();
        int to = node.getEndMark().orElseThrow().getIndex();
        if (node instanceof ScalarNode scalar
                && scalar.isPlain()
                && !(seen instanceof Map)
                && !(seen instanceof List)) {
            return to > from ? new Miss.Renewal(from, to, String.valueOf(seen)) : null;
        }
        if (!(seen instanceof List<?> list)) {
            return null;
        }
        if (node instanceof SequenceNode written && written.getFlowStyle() == FlowStyle.FLOW) {
            return new Miss.Renewal(from, to, elements(list));
        }
        boolean set = node instanceof MappingNode map
                && map.getFlowStyle() == FlowStyle.FLOW
                && map.getValue().size() == 1
                && Expectation.text(map.getValue().get(0).getKeyNode()).equals("set");
        return set ? new Miss.Renewal(from, to, list.isEmpty() ? "[]" : "{set: " + elements(list) + "}") : null;
    }

    /** As {@link ExpectationWriter} writes them. */
    private static String elements(List<?> list) {
        List<String> written = new ArrayList<>();
        for (Object each : list) {
            written.add(
                    each instanceof Map<?, ?> finding && finding.containsKey("rule")
                            ? "{rule: " + finding.get("rule") + ", side: " + finding.get("side") + "}"
                            : String.valueOf(each));
        }
        return "[" + String.join(", ", written) + "]";
    }

    /**
     * The text of an expectation with what was missed written anew.
     *
     * @param misses of this text; what has no renewal, or is renewed by another one already, is passed over
     */
    public static String apply(String text, List<Miss> misses) {
        List<Miss.Renewal> renewals = new ArrayList<>();
        for (Miss miss : misses) {
            if (miss.renewal() != null) {
                renewals.add(miss.renewal());
            }
        }
        renewals.sort(Comparator.comparingInt(Miss.Renewal::from).reversed());
        StringBuilder renewed = new StringBuilder(text);
        int before = Integer.MAX_VALUE;
        for (Miss.Renewal each : renewals) {
            if (each.to() <= before) {
                int from = text.offsetByCodePoints(0, each.from());
                renewed.replace(from, text.offsetByCodePoints(from, each.to() - each.from()), each.text());
                before = each.from();
            }
        }
        return renewed.toString();
    }
}
