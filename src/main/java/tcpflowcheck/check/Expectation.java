package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A part of an object, as it is expected: held against what was seen, key by key. */
final class Expectation {
    private static final String FLOWS = "flows";

    /** Of all flows. */
    private static final Pattern SHARE = Pattern.compile("\\d{1,9}(\\.\\d{1,9})? *%");

    private final String file;
    private final Node written;
    private final Shape shape;
    private final List<String> errors = new ArrayList<>();

    /**
     * Takes what is written, if it can be meant.
     *
     * @param file its name, for messages
     */
    Expectation(String file, Node written, Shape shape) throws ExpectationException {
        this.file = file;
        this.written = written;
        this.shape = shape;
        check(written, shape, "");
        if (!errors.isEmpty()) {
            throw new ExpectationException(errors);
        }
    }

    // ---- whether it can be meant

    private void check(Node node, Shape there, String path) throws ExpectationException {
        if (isNull(node)) {
            return;
        }
        if (node instanceof MappingNode map) {
            if (map.getValue().isEmpty() && !path.isEmpty()) {
                throw error(node, path + ": {} expects nothing");
            }
            for (NodeTuple entry : map.getValue()) {
                try {
                    checkKey(entry, there, path);
                } catch (ExpectationException wrong) {
                    errors.addAll(wrong.all());
                }
            }
        } else if (node instanceof SequenceNode list) {
            if (!there.isArray()) {
                throw wrong(node, path, there, "a list");
            }
            for (Node element : list.getValue()) {
                check(element, there.element(), path);
            }
        } else {
            checkScalar((ScalarNode) node, there, path);
        }
    }

    private void checkKey(NodeTuple entry, Shape there, String path) throws ExpectationException {
        String key = text(entry.getKeyNode());
        if (there.isNumber()
                || (there.isArray() && List.of("set", "contains", "count").contains(key))) {
            checkBound(entry, key, there, path);
            return;
        }
        if (key.equals(Doubts.KEY) && path.isEmpty() && there.below("states") != null) {
            if (!text(entry.getValueNode()).equals(Doubts.NONE)) {
                throw error(entry.getValueNode(), "doubt: expected none, found " + shown(entry.getValueNode()));
            }
            return;
        }
        Shape below = there;
        for (String step : there.path(key).split("\\.")) {
            Shape next = below == null ? null : below.below(step);
            if (next == null) {
                List<String> keys =
                        below == null ? List.of() : below.isArray() ? List.of("set", "contains") : below.known();
                String in = path.isEmpty() ? "" : " in " + path;
                throw error(entry.getKeyNode(), "unknown key '" + step + "'" + in + Nearest.hint(step, keys));
            }
            below = next;
        }
        check(entry.getValueNode(), below, path.isEmpty() ? key : path + "." + key);
    }

    private void checkBound(NodeTuple entry, String key, Shape there, String path) throws ExpectationException {
        Node value = entry.getValueNode();
        if (there.isArray() && !key.equals("count")) {
            check(value, there, path);
            return;
        }
        if (key.equals("count") && value instanceof MappingNode bounds) {
            for (NodeTuple bound : bounds.getValue()) {
                checkBound(bound, text(bound.getKeyNode()), there.element(), path);
            }
            return;
        }
        if (!List.of("min", "max", "count").contains(key)) {
            throw error(
                    entry.getKeyNode(),
                    "unknown key '" + key + "' for the number " + path + Nearest.hint(key, List.of("min", "max")));
        }
        if (SHARE.matcher(text(value)).matches() && shape.below(FLOWS) == null) {
            throw error(
                    value, path + "." + key + ": a share is one of many flows, in summary, all flows and by KEY VALUE");
        }
        if (!(value instanceof ScalarNode) || !isLimit(text(value))) {
            throw error(
                    value,
                    path + "." + key + ": expected a number such as 3, 200ms, 64KiB or 1%, found " + shown(value));
        }
    }

    private void checkScalar(ScalarNode node, Shape there, String path) throws ExpectationException {
        String text = node.getValue();
        List<String> words = there.words();
        boolean rule = there.isObject() && there.keys().contains("rule") && path.endsWith("findings");
        if (rule) {
            words = there.at("rule").words();
        } else if (there.isObject() || there.isOpen() || there.isArray()) {
            throw wrong(node, path, there, "'" + text + "'");
        } else if ((there.isNumber() && !Quantity.is(text)) || (there.isBoolean() && !text.matches("true|false"))) {
            throw wrong(node, path, there, "'" + text + "'");
        }
        if (!words.isEmpty() && !words.contains(text)) {
            String hint = Nearest.hint(text, words);
            String known =
                    hint.isEmpty() && words.size() <= 12 ? " (there are " + String.join(", ", words) + ")" : hint;
            throw error(node, path + ": no such value: '" + text + "'" + known);
        }
    }

    private ExpectationException wrong(Node node, String path, Shape there, String found) {
        return error(node, path + ": expected " + there.described() + ", found " + found);
    }

    private ExpectationException error(Node node, String what) {
        return new ExpectationException(place(node) + ":" + column(node) + ": " + what);
    }

    // ---- whether it is so

    /** Compares with what was seen; gives what was missed. */
    List<Miss> misses(String subject, Map<String, Object> seen) {
        List<Miss> misses = new ArrayList<>();
        compare(written, shape, seen, "", new Place(subject, seen), misses);
        return misses;
    }

    private record Place(String subject, Map<String, Object> object) {}

    private void compare(Node node, Shape there, @Nullable Object seen, String path, Place place, List<Miss> misses) {
        if (isNull(node)) {
            require(seen == null, node, seen, path, place, misses);
        } else if (node instanceof MappingNode map && there.isNumber()) {
            require(isWithin(map, seen, place.object()), node, seen, path, place, misses);
        } else if (node instanceof MappingNode map && there.isArray()) {
            compareList(map, there, seen, path, place, misses);
        } else if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                compareKey(entry, there, seen, path, place, misses);
            }
        } else if (node instanceof SequenceNode list) {
            require(inOrder(list, there, seen), node, seen, path, place, misses);
        } else {
            require(isEqual((ScalarNode) node, there, seen), node, seen, path, place, misses);
        }
    }

    private void compareKey(
            NodeTuple entry, Shape there, @Nullable Object seen, String path, Place place, List<Miss> misses) {
        String key = text(entry.getKeyNode());
        if (key.equals(Doubts.KEY) && path.isEmpty()) {
            List<String> doubts = Doubts.of(place.object());
            require(doubts.isEmpty(), entry.getValueNode(), doubts, key, place, misses);
            return;
        }
        Object value = seen;
        Shape below = there;
        for (String step : there.path(key).split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
            value = value == null && below.isOpen() && below.at(step).isNumber() ? Long.valueOf(0) : value;
            below = below.at(step);
        }
        compare(entry.getValueNode(), below, value, path.isEmpty() ? key : path + "." + key, place, misses);
    }

    private void compareList(
            MappingNode map, Shape there, @Nullable Object seen, String path, Place place, List<Miss> misses) {
        List<?> elements = seen instanceof List<?> list ? list : List.of();
        for (NodeTuple entry : map.getValue()) {
            Node value = entry.getValueNode();
            boolean right = switch (text(entry.getKeyNode())) {
                case "count" ->
                    value instanceof MappingNode bounds
                            ? isWithin(bounds, (long) elements.size(), place.object())
                            : Quantity.of(text(value)) == elements.size();
                case "contains" -> matched((SequenceNode) value, there, elements) == size(value);
                default ->
                    elements.size() == size(value) && matched((SequenceNode) value, there, elements) == size(value);
            };
            require(right, node(map, entry), seen, path, place, misses);
        }
    }

    private static Node node(MappingNode map, NodeTuple entry) {
        return map.getValue().size() == 1 ? map : entry.getValueNode();
    }

    private static int size(Node list) {
        return ((SequenceNode) list).getValue().size();
    }

    /** How many of the elements written find one of their own. */
    private int matched(SequenceNode list, Shape there, List<?> elements) {
        List<Object> left = new ArrayList<>(elements);
        int matched = 0;
        for (Node element : list.getValue()) {
            for (int i = 0; i < left.size(); i++) {
                if (isLike(element, there.element(), left.get(i))) {
                    left.remove(i);
                    matched++;
                    break;
                }
            }
        }
        return matched;
    }

    private boolean inOrder(SequenceNode list, Shape there, @Nullable Object seen) {
        if (!(seen instanceof List<?> elements)
                || elements.size() != list.getValue().size()) {
            return false;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!isLike(list.getValue().get(i), there.element(), elements.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isLike(Node node, Shape there, @Nullable Object seen) {
        List<Miss> misses = new ArrayList<>();
        compare(node, there, seen, "", new Place("", Map.of()), misses);
        return misses.isEmpty();
    }

    private static boolean isLimit(String written) {
        return Quantity.is(written) || SHARE.matcher(written).matches();
    }

    /** A share is one of the flows of the same object. */
    private static double limit(String written, Map<String, Object> object) {
        if (!SHARE.matcher(written).matches()) {
            return Quantity.of(written);
        }
        double flows = Member.number(object, FLOWS).doubleValue();
        return Double.parseDouble(written.substring(0, written.indexOf('%')).strip()) / 100 * flows;
    }

    private static boolean isWithin(MappingNode bounds, @Nullable Object seen, Map<String, Object> object) {
        if (!(seen instanceof Number number)) {
            return false;
        }
        for (NodeTuple bound : bounds.getValue()) {
            double limit = limit(text(bound.getValueNode()), object);
            boolean min = text(bound.getKeyNode()).equals("min");
            if (min ? number.doubleValue() < limit : number.doubleValue() > limit) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqual(ScalarNode node, Shape there, @Nullable Object seen) {
        if (seen instanceof Map<?, ?> finding && there.isObject()) {
            return node.getValue().equals(finding.get("rule"));
        }
        if (seen instanceof Number number) {
            return Double.compare(Quantity.of(node.getValue()), number.doubleValue()) == 0;
        }
        return seen != null && node.getValue().equals(seen.toString());
    }

    private void require(boolean right, Node node, @Nullable Object seen, String path, Place place, List<Miss> misses) {
        if (!right) {
            long frame = Frames.of(path, place.object());
            boolean time = path.endsWith("Nanos") && shown(node).matches(".*\\d *[a-z]+.*");
            String was = time && seen instanceof Long nanos ? Shown.duration(nanos) : Shown.json(seen);
            if (seen instanceof Long count
                    && shown(node).contains("%")
                    && place.object().get(FLOWS) instanceof Long flows) {
                was += String.format(Locale.ROOT, " (%.2f %% of %d)", flows == 0 ? 0 : 100.0 * count / flows, flows);
            }
            Miss.Renewal renewal = Renewals.of(node, seen);
            misses.add(new Miss(place(node), place.subject(), path, shown(node), was, frame, renewal));
        }
    }

    private String place(Node node) {
        return file + ":" + (node.getStartMark().orElseThrow().getLine() + 1);
    }

    private static int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn() + 1;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().matches("null|~|");
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : shown(node);
    }

    /** What is written, in one line. */
    static String shown(Node node) {
        if (node instanceof SequenceNode list) {
            List<String> elements = new ArrayList<>();
            list.getValue().forEach(element -> elements.add(shown(element)));
            return "[" + String.join(", ", elements) + "]";
        }
        if (node instanceof MappingNode map) {
            List<String> entries = new ArrayList<>();
            map.getValue().forEach(entry -> entries.add(text(entry.getKeyNode()) + ": " + shown(entry.getValueNode())));
            return "{" + String.join(", ", entries) + "}";
        }
        return ((ScalarNode) node).getValue();
    }
}
