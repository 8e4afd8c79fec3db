package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can stand at one place of an output object, as the JSON Schema of the output says. */
public final class Shape {
    private static final List<String> KINDS = List.of("handshakes", "closes", "resets", "findings");

    private final Map<String, Object> root;
    private final Map<String, Object> schema;

    private Shape(Map<String, Object> root, Map<String, Object> schema) {
        this.root = root;
        this.schema = schema;
    }

    /**
     * The shape of a kind of object.
     *
     * @param schema as {@link ExpectationFile#schema} reads it
     * @param definition {@code flow} or {@code summary}
     */
    public static Shape of(Map<String, Object> schema, String definition) {
        return new Shape(schema, Member.object(Member.object(schema, "$defs"), definition)).resolved();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private Shape resolved() {
        Object reference = schema.get("$ref");
        if (reference != null) {
            Map<String, Object> definition = root;
            for (String step : reference.toString().substring(2).split("/")) {
                definition = Member.object(definition, step);
            }
            return new Shape(root, definition).resolved();
        }
        if (schema.get("oneOf") instanceof List<?> choices) {
            for (Object choice : choices) {
                Shape shape = new Shape(root, map(choice)).resolved();
                if (!"null".equals(shape.schema.get("type"))) {
                    return shape;
                }
            }
        }
        return this;
    }

    boolean isObject() {
        return schema.containsKey("properties");
    }

    boolean isArray() {
        return "array".equals(type());
    }

    boolean isNumber() {
        return "integer".equals(type()) || "number".equals(type());
    }

    boolean isBoolean() {
        return "boolean".equals(type());
    }

    private String type() {
        Object type = schema.get("type");
        if (type instanceof List<?> types) {
            return types.get(0).equals("null")
                    ? types.get(1).toString()
                    : types.get(0).toString();
        }
        return type == null ? "" : type.toString();
    }

    /** The shape below a key, or null if there is no such key. */
    @Nullable
    Shape below(String key) {
        if (!known().isEmpty() && !known().contains(key)) {
            return null;
        }
        if (isObject()) {
            Object property = Member.object(schema, "properties").get(key);
            return property == null ? null : new Shape(root, map(property)).resolved();
        }
        Object open = schema.get("additionalProperties");
        return open instanceof Map ? new Shape(root, map(open)).resolved() : null;
    }

    /** The shape below a key that there is. */
    Shape at(String key) {
        Shape below = below(key);
        if (below == null) {
            throw new IllegalArgumentException("no key '" + key + "', there are " + known());
        }
        return below;
    }

    /** The keys there are; empty if there may be any, or none. */
    List<String> known() {
        return isOpen() ? names() : keys();
    }

    /** The path that a key stands for: of counts a kind's name alone is enough ({@code refused}: {@code handshakes.refused}). */
    String path(String key) {
        for (String counts : KINDS) {
            Shape kinds = isObject() && below(key) == null ? below(counts) : null;
            if (kinds != null && kinds.isOpen() && kinds.names().contains(key)) {
                return counts + "." + key;
            }
        }
        return key;
    }

    /** The keys that an open map may have; empty if any may. */
    private List<String> names() {
        Object names = schema.get("propertyNames");
        return names == null
                ? List.of()
                : new Shape(root, map(names)).resolved().words();
    }

    /** Whether any key may stand in it. */
    boolean isOpen() {
        return !isObject() && schema.get("additionalProperties") instanceof Map;
    }

    Shape element() {
        Object items = schema.get("items");
        return items == null ? this : new Shape(root, map(items)).resolved();
    }

    List<String> keys() {
        return isObject() ? new ArrayList<>(Member.object(schema, "properties").keySet()) : List.of();
    }

    /** The texts that can stand there; empty if any can. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (schema.get("enum") instanceof List<?> values) {
            for (Object value : values) {
                if (value != null) {
                    words.add(value.toString());
                }
            }
        }
        return words;
    }

    /** What is expected there, in words. */
    String described() {
        if (isObject() || isOpen()) {
            return "a map";
        }
        if (isArray()) {
            return "a list";
        }
        if (isNumber()) {
            return "a number";
        }
        if (isBoolean()) {
            return "true or false";
        }
        return words().isEmpty() ? "a text" : "one of " + String.join(", ", words());
    }
}
