package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Schemas to be printed: that of a kind of object, and that of an expectation, which is made from it. In an expectation
 * every key may be left out, a number may be bounded, and a list may be one that is contained.
 */
public final class ExpectationSchema {
    private static final String DEFINITIONS = "$defs";
    private static final String REFERENCE = "$ref";
    private static final String PROPERTIES = "properties";
    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String ANY_OF = "anyOf";
    private static final String PATTERNS = "patternProperties";
    private static final String CLOSED = "additionalProperties";

    /** A key with dots, which editors can't complete. */
    private static final String DOTTED = "^[A-Za-z]+(\\.[A-Za-z0-9-]+)+$";

    private static final String QUANTITY =
            "^-?[0-9][0-9_]*(\\.[0-9]+)? *(ns|us|ms|s|min|B|kB|KB|MB|GB|KiB|MiB|GiB|%)?$";
    private static final String END = "(\\*|\\[[0-9A-Fa-f:.]+\\]|[0-9.]+):(\\*|[0-9]+)";

    private ExpectationSchema() {}

    /**
     * The schema of one kind of object.
     *
     * @param schema of the output
     * @param kind {@code flow} or {@code summary}
     */
    public static Map<String, Object> of(Map<String, Object> schema, String kind) {
        Map<String, Object> root = head("An object of type " + kind + " in the output of tcpflow-check --json", kind);
        root.put(REFERENCE, "#/$defs/" + kind);
        root.put(DEFINITIONS, schema.get(DEFINITIONS));
        return root;
    }

    /** The schema of an expectation. */
    public static Map<String, Object> expectation(Map<String, Object> schema) {
        Map<String, Object> root = head("What a capture must be like, for tcpflow-check --expect", "expect");
        root.put(TYPE, OBJECT);
        root.put("minProperties", 1);
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("flows", told(reference("count"), "How many flows there are.", "1"));
        sections.put(
                "summary",
                told(reference("summary"), "The capture as a whole.", "{complete: true, findings: {reset: 0}}"));
        sections.put(
                "every flow",
                told(orNull(reference("flow")), "Each flow, and there is one.", "{close: {kind: four-segment}}"));
        sections.put("no flow", told(orNull(reference("flow")), "What no flow is like.", "{close: {kind: reset}}"));
        sections.put(
                "all flows",
                told(reference("group"), "All flows, counted as a group of --by is.", "{refused: {max: 1%}}"));
        root.put(PROPERTIES, sections);
        Map<String, Object> patterns = new LinkedHashMap<>();
        patterns.put(
                "^stream [0-9]+$",
                told(
                        orNull(reference("flow")),
                        "The flow of this number, from 0.",
                        "{handshake.kind: three-way, doubt: none}"));
        patterns.put(
                "^" + END + " *> *" + END + "$",
                told(
                        orNull(reference("flow")),
                        "The flows of a client with a server, of which there is one at least; * is any address or port.",
                        "{close: {by: server}}"));
        patterns.put(
                "^by [a-z]+(,[a-z]+)? .+$",
                told(
                        reference("group"),
                        "The flows of a group, named as --by prints it.",
                        "{connect: {p99Nanos: {max: 50ms}}}"));
        root.put(PATTERNS, patterns);
        root.put(CLOSED, false);
        Map<String, Object> definitions = new LinkedHashMap<>();
        Member.object(schema, DEFINITIONS).forEach((name, definition) -> definitions.put(name, loose(map(definition))));
        Member.object(Member.object(definitions, "flow"), PROPERTIES)
                .put(
                        "doubt",
                        members("const", "none", "description", "Nothing is told that the capture does not prove."));
        String kinds = "^(" + String.join("|", kinds(Member.object(schema, DEFINITIONS))) + ")$";
        for (String counted : List.of("group", "summary")) {
            Member.object(Member.object(definitions, counted), PATTERNS).put(kinds, number(Map.of(TYPE, "integer")));
        }
        root.put(DEFINITIONS, definitions);
        return root;
    }

    /** What may stand for its count. */
    private static List<String> kinds(Map<String, Object> definitions) {
        List<String> kinds = new ArrayList<>();
        for (String name : List.of("handshakeKind", "closeKind", "resetKind", "rule")) {
            for (Object word : Member.list(Member.object(definitions, name), "enum")) {
                kinds.add(String.valueOf(word));
            }
        }
        return kinds;
    }

    private static Map<String, Object> head(String title, String kind) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", "urn:tcpflow-check:" + kind + ":1");
        root.put("title", title);
        return root;
    }

    private static Map<String, Object> reference(String definition) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put(REFERENCE, "#/$defs/" + definition);
        return reference;
    }

    /** Keys, each with its value behind it, in an order that stays. */
    private static Map<String, Object> members(Object... keysAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return members;
    }

    /** What a section is for, and what may stand in it, as YAML. */
    private static Map<String, Object> told(Map<String, Object> section, String description, String example) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("description", description);
        told.putAll(section);
        told.put("$comment", "such as " + example);
        return told;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return Map.of(ANY_OF, List.of(schema, Map.of(TYPE, "null")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static boolean isOf(Map<String, Object> schema, String... types) {
        Object type = schema.get(TYPE);
        for (String each : types) {
            if (each.equals(type) || (type instanceof List<?> several && several.contains(each))) {
                return true;
            }
        }
        return false;
    }

    /** The same with room for what an expectation may say in its place. */
    private static Map<String, Object> loose(Map<String, Object> strict) {
        if (isOf(strict, "integer", "number")) {
            return number(strict);
        }
        if (strict.get("enum") instanceof List<?> words && words.contains("handshake-refused")) {
            return strict;
        }
        Map<String, Object> loose = new LinkedHashMap<>();
        strict.forEach((key, value) -> {
            switch (key) {
                case "required",
                        "minProperties",
                        "maxProperties",
                        "minItems",
                        "maxItems",
                        "allOf",
                        "if",
                        "then",
                        "else" -> {}
                case PROPERTIES -> {
                    Map<String, Object> properties = new LinkedHashMap<>();
                    map(value).forEach((name, property) -> properties.put(name, loose(map(property))));
                    loose.put(key, properties);
                    loose.put(PATTERNS, new LinkedHashMap<>(Map.of(DOTTED, true)));
                }
                case CLOSED -> loose.put(key, value instanceof Map ? loose(map(value)) : value);
                case "oneOf", ANY_OF -> loose.put(ANY_OF, each((List<?>) value));
                case "items" -> loose.put(key, element(map(value)));
                default -> loose.put(key, value);
            }
        });
        return isOf(strict, "array") ? list(loose) : loose;
    }

    private static List<Object> each(List<?> choices) {
        List<Object> loose = new ArrayList<>();
        choices.forEach(choice -> loose.add(loose(map(choice))));
        return loose;
    }

    /** A finding may be its rule's name alone. */
    private static Map<String, Object> element(Map<String, Object> strict) {
        boolean finding = String.valueOf(strict.get(REFERENCE))
                .toLowerCase(java.util.Locale.ROOT)
                .endsWith("finding");
        return finding ? Map.of(ANY_OF, List.of(strict, reference("rule"))) : loose(strict);
    }

    private static Map<String, Object> number(Map<String, Object> strict) {
        Map<String, Object> quantity = Map.of(TYPE, List.of("number", "null"));
        Map<String, Object> written = members(TYPE, "string", "pattern", QUANTITY);
        Map<String, Object> limit = Map.of(ANY_OF, List.of(Map.of(TYPE, "number"), written));
        Map<String, Object> bounds = members(
                TYPE, OBJECT, PROPERTIES, members("min", limit, "max", limit), CLOSED, false, "minProperties", 1);
        Map<String, Object> number = new LinkedHashMap<>();
        if (strict.containsKey("description")) {
            number.put("description", strict.get("description"));
        }
        number.put(ANY_OF, List.of(quantity, written, bounds));
        return number;
    }

    private static Map<String, Object> list(Map<String, Object> whole) {
        Map<String, Object> any = new LinkedHashMap<>();
        any.put(TYPE, "array");
        if (whole.containsKey("items")) {
            any.put("items", whole.get("items"));
        }
        Map<String, Object> parts = members("set", any, "contains", any, "count", number(Map.of()));
        Map<String, Object> part = members(TYPE, OBJECT, PROPERTIES, parts, CLOSED, false);
        return Map.of(ANY_OF, List.of(any, part, Map.of(TYPE, "null")));
    }
}
