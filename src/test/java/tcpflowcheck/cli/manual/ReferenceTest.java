package tcpflowcheck.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tcpflowcheck.check.ExpectationFile;
import tcpflowcheck.cli.Manual;
import tcpflowcheck.golden.Golden;
import tcpflowcheck.golden.Run;
import tools.jackson.databind.ObjectMapper;

/** The references of the site say what the program says: they are made from the same sources. */
class ReferenceTest {
    private static final Path SITE = Path.of("src/site/markdown");

    @SuppressWarnings("unchecked")
    private static Map<String, Object> printed(String kind) {
        return new ObjectMapper().readValue(Run.of("--schema", kind).out(), Map.class);
    }

    @Test
    void optionsAreTheProgrammes() throws IOException {
        Golden.assertMatches(SITE.resolve("options.md"), OptionReference.of(Manual.specification()));
    }

    @Test
    void jsonIsTheSchemas() throws IOException {
        Golden.assertMatches(SITE.resolve("json.md"), SchemaReference.of(ExpectationFile.schema()));
    }

    @Test
    void expectationsAreTheSchemas() throws IOException {
        Golden.assertMatches(SITE.resolve("expectations.md"), ExpectationReference.of(printed("expect")));
    }

    @Test
    void rulesAreExplained() throws IOException {
        Golden.assertMatches(SITE.resolve("rules.md"), RuleReference.page());
    }

    @Test
    void statesAreTheDiagrams() throws IOException {
        Golden.assertMatches(SITE.resolve("states.md"), StateReference.page());
    }

    /** What the page shows can be meant. */
    @Test
    void examplesOfExpectationsAreUnderstood() throws Exception {
        List<String> examples = ExpectationReference.examples(printed("expect"));
        assertThat(examples).hasSizeGreaterThan(15);
        for (String example : examples) {
            assertThat(ExpectationFile.parse("example", example + "\n", ExpectationFile.schema()))
                    .isNotNull();
        }
    }

    /** A field that says nothing of itself is a hole in the manual. */
    @Test
    void everyFieldIsDescribed() throws IOException {
        List<String> silent = new ArrayList<>();
        Map<String, Object> definitions = SchemaReference.map(ExpectationFile.schema(), "$defs");
        definitions.forEach((name, schema) -> look(name, SchemaReference.map(schema), definitions, silent));
        assertThat(silent).isEmpty();
    }

    private static void look(
            String path, Map<String, Object> schema, Map<String, Object> definitions, List<String> silent) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, value) -> {
                Map<String, Object> field = SchemaReference.map(value);
                Object reference = field.get("$ref");
                Map<String, Object> target = reference == null
                        ? Map.of()
                        : SchemaReference.map(definitions, reference.toString().replaceFirst(".*/", ""));
                boolean described = field.containsKey("description") || target.containsKey("description");
                if (!described && !field.containsKey("const")) {
                    silent.add(path + "." + name);
                }
                look(path + "." + name, field, definitions, silent);
            });
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            look(path + "[]", SchemaReference.map(items), definitions, silent);
        }
        if (schema.get("oneOf") instanceof List<?> choices) {
            choices.forEach(choice -> look(path, SchemaReference.map(choice), definitions, silent));
        }
    }
}
