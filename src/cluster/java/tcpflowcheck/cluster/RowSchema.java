package tcpflowcheck.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tcpflowcheck.report.JsonReporter;

/** The columns of tables, read from the schema of {@code --json}, so that they are always those that it has. */
final class RowSchema {
    /** The partition of a flow's row: the day on which it began, in UTC. */
    static final String DAY = "day";

    /** Another capture's numbers, which a job has not. */
    private static final String AGAINST = "against";

    private static final String FRAME = "#/$defs/frame";
    private static final StructType FRAME_TYPE =
            new StructType().add(FrameNames.FILE, DataTypes.IntegerType).add(FrameNames.FRAME, DataTypes.LongType);

    private final Map<?, ?> definitions;

    private RowSchema(Map<?, ?> definitions) {
        this.definitions = definitions;
    }

    /** Of a kind of object: {@code flow} or {@code group}. */
    static StructType of(String kind) {
        try (InputStream in = JsonReporter.class.getResourceAsStream("flow.schema.json")) {
            Map<?, ?> schema = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            Map<?, ?> definitions = (Map<?, ?>) schema.get("$defs");
            StructType type = (StructType) new RowSchema(definitions).type((Map<?, ?>) definitions.get(kind));
            return kind.equals("flow") ? type.add(DAY, DataTypes.StringType) : type;
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private DataType type(Map<?, ?> schema) {
        Object ref = schema.get("$ref");
        if (ref != null) {
            String name = ref.toString();
            return name.equals(FRAME)
                    ? FRAME_TYPE
                    : type((Map<?, ?>) definitions.get(name.substring(name.lastIndexOf('/') + 1)));
        }
        if (schema.get("oneOf") instanceof List<?> several) {
            for (Object each : several) {
                Map<?, ?> one = (Map<?, ?>) each;
                if (!"null".equals(one.get("type"))) {
                    return type(one);
                }
            }
        }
        if (schema.get("const") != null) {
            return schema.get("const") instanceof String ? DataTypes.StringType : DataTypes.LongType;
        }
        if (schema.get("enum") != null) {
            return DataTypes.StringType;
        }
        return ofType(schema);
    }

    private DataType ofType(Map<?, ?> schema) {
        Object type = schema.get("type");
        if (type instanceof List<?> several) {
            type = "null".equals(several.get(0)) ? several.get(1) : several.get(0);
        }
        return switch (String.valueOf(type)) {
            case "integer" -> DataTypes.LongType;
            case "boolean" -> DataTypes.BooleanType;
            case "string" -> DataTypes.StringType;
            case "array" -> DataTypes.createArrayType(type((Map<?, ?>) schema.get("items")));
            case "object" -> object(schema);
            default -> throw new IllegalStateException("no column for " + schema);
        };
    }

    private DataType object(Map<?, ?> schema) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            List<StructField> fields = new ArrayList<>();
            properties.forEach((name, of) -> {
                if (!name.equals(AGAINST)) {
                    fields.add(DataTypes.createStructField(name.toString(), type((Map<?, ?>) of), true));
                }
            });
            return DataTypes.createStructType(fields);
        }
        DataType values = type((Map<?, ?>) schema.get("additionalProperties"));
        return DataTypes.createMapType(DataTypes.StringType, values);
    }
}
