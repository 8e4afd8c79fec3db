package tcpflowcheck.report;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds output against {@code flow.schema.json}, read by a parser that takes no key twice and nothing after the end. */
public final class JsonContract {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String SCHEMA_TEXT = read();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA_TEXT, InputFormat.JSON);

    private JsonContract() {}

    /** The objects of an output, each of which must be as the schema says. */
    public static List<JsonNode> objects(String output) {
        if (!output.isEmpty() && !output.endsWith("\n")) {
            throw new AssertionError("the last line has no end: " + output);
        }
        return output.lines().map(JsonContract::object).toList();
    }

    static JsonNode object(String line) {
        JsonNode object = parse(line);
        List<Error> errors = errors(object);
        if (!errors.isEmpty()) {
            throw new AssertionError(errors + " in " + line);
        }
        return object;
    }

    static JsonNode parse(String text) {
        return STRICT.readTree(text);
    }

    static List<Error> errors(JsonNode object) {
        return SCHEMA.validate(object);
    }

    static JsonNode schema() {
        return STRICT.readTree(SCHEMA_TEXT);
    }

    private static String read() {
        try (InputStream schema = JsonReporter.class.getResourceAsStream("flow.schema.json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
