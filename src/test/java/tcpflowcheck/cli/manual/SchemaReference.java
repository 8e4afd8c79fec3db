package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON objects, field by field, as the schema of the output has them. */
final class SchemaReference {
    private static final List<String> LINES = List.of("flow", "summary", "group", "story");

    private final Map<String, Object> definitions;
    private final Markdown page = new Markdown(
            "JSON",
            "the schema that --schema prints",
            "`tcpflow-check --json` writes an object a line: a [flow](#flow) for each connection, or with `--by` a"
                    + " [group](#group) for each group, or with `--view story` a [story](#story); then a [summary](#summary) for each"
                    + " capture. `--schema flow` and `--schema summary` print the JSON Schema that this is made from.");

    private SchemaReference(Map<String, Object> schema) {
        definitions = map(schema, "$defs");
        page.paragraph(String.valueOf(schema.get("$comment"))
                .replace("capturedAt, interfaces, comments", "`capturedAt`, `interfaces`, `comments`"));
        page.paragraph(
                "A name that ends in `Nanos` is a time in nanoseconds, one that ends in `Bytes` counts octets, and what is"
                        + " called a frame is its number in the capture, from 1.");
    }

    static String of(Map<String, Object> schema) {
        SchemaReference reference = new SchemaReference(schema);
        for (String line : LINES) {
            reference.object(line);
        }
        for (String name : reference.definitions.keySet()) {
            if (!LINES.contains(name)) {
                reference.object(name);
            }
        }
        reference.words();
        return reference.page.toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** What stands at a key that there is. */
    static Map<String, Object> map(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no '" + key + "', there are " + object.keySet());
        }
        return map(value);
    }

    private void object(String name) {
        Map<String, Object> object = object(map(definitions, name));
        if (!object.containsKey("properties")) {
            return;
        }
        page.heading(2, name);
        page.paragraph(Markdown.prose(String.valueOf(map(definitions, name).get("description"))));
        page.columns("field", "type", "meaning");
        fields("", object);
        page.endOfTable();
    }

    /** Of what may be null the rest. */
    private static Map<String, Object> object(Map<String, Object> schema) {
        if (schema.get("oneOf") instanceof List<?> choices) {
            return map(choices.get(choices.size() - 1));
        }
        return schema;
    }

    private void fields(String prefix, Map<String, Object> object) {
        List<?> required = (List<?>) object.getOrDefault("required", List.of());
        map(object, "properties").forEach((name, value) -> {
            Map<String, Object> field = map(value);
            String meaning = Markdown.prose(meaning(field));
            page.row(
                    Markdown.code(prefix + name),
                    type(field),
                    (meaning
                                    + (required.contains(name) || meaning.contains("bsent")
                                            ? ""
                                            : " Absent where there is none."))
                            .strip());
            Map<String, Object> inner =
                    field.get("items") instanceof Map ? object(map(field.get("items"))) : object(field);
            if (inner.containsKey("properties")) {
                fields(prefix + name + (inner == object(field) ? "." : "[]."), inner);
            }
            if (field.get("additionalProperties") instanceof Map<?, ?> each
                    && each.get("items") instanceof Map<?, ?> item
                    && item.containsKey("properties")) {
                fields(prefix + name + ".*[].", map(item));
            }
        });
    }

    private String meaning(Map<String, Object> field) {
        if (field.containsKey("const")) {
            return "Always " + field.get("const") + ".";
        }
        List<String> parts = new ArrayList<>();
        if (field.containsKey("description")) {
            parts.add(String.valueOf(field.get("description")));
        }
        Map<String, Object> target = field.get("$ref") == null ? Map.of() : map(definitions, name(field));
        boolean section = object(target).containsKey("properties") || target.containsKey("enum");
        if (target.containsKey("description") && (!section || parts.isEmpty())) {
            parts.add(String.valueOf(target.get("description")));
        }
        return String.join(" ", parts);
    }

    private static String name(Map<String, Object> field) {
        return String.valueOf(field.get("$ref")).replaceFirst(".*/", "");
    }

    private String type(Map<String, Object> field) {
        if (field.containsKey("$ref")) {
            String name = name(field);
            Map<String, Object> target = map(definitions, name);
            boolean section = object(target).containsKey("properties") || target.containsKey("enum");
            return section ? "[" + name + "](#" + name.toLowerCase(java.util.Locale.ROOT) + ")" : type(target);
        }
        if (field.get("oneOf") instanceof List<?> choices) {
            return type(map(choices.get(choices.size() - 1))) + " or null";
        }
        if (field.get("enum") instanceof List<?> words) {
            return String.join(
                    ", ",
                    words.stream()
                            .map(word -> Markdown.code(String.valueOf(word)))
                            .toList());
        }
        if (field.get("items") instanceof Map<?, ?> items) {
            return "list of " + type(map(items));
        }
        if (field.containsKey("const")) {
            return field.get("const") instanceof String ? "string" : "integer";
        }
        if (field.get("additionalProperties") instanceof Map<?, ?> each) {
            return "object of " + type(map(each))
                    + (String.valueOf(field.get("type")).contains("null") ? " or null" : "");
        }
        if (field.get("type") instanceof List<?> several) {
            return String.join(" or ", several.stream().map(String::valueOf).toList());
        }
        return String.valueOf(field.get("type"));
    }

    /** What is one of some words. */
    private void words() {
        Map<String, Object> rest = new LinkedHashMap<>(definitions);
        rest.forEach((name, value) -> {
            if (map(value).get("enum") instanceof List<?> words) {
                page.heading(2, name);
                if (map(value).containsKey("description")) {
                    page.paragraph(Markdown.prose(String.valueOf(map(value).get("description"))));
                }
                boolean rules = name.equals("rule");
                page.paragraph("One of "
                        + String.join(
                                ", ",
                                words.stream()
                                        .map(word -> rules
                                                ? "[" + word + "](rules.md#" + word + ")"
                                                : Markdown.code(word.toString()))
                                        .toList())
                        + ".");
            }
        });
    }
}
