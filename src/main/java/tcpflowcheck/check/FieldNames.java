package tcpflowcheck.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.NearestSlugs;

/** Names of fields: JSON's paths, {@code client.address}; {@code findings.rule} is that of all elements of a list. */
public final class FieldNames {
    private FieldNames() {}

    /**
     * What is wrong with a name, or null.
     *
     * @param object where it is looked for
     */
    public static @Nullable String wrong(Shape object, String name) {
        Shape shape = object;
        String before = "";
        for (String step : name.split("\\.", -1)) {
            shape = shape.isArray() ? shape.element() : shape;
            Shape next = shape.below(step);
            if (next == null) {
                List<String> keys = shape.keys();
                List<String> near = NearestSlugs.among(keys, step);
                List<String> told = near.isEmpty() ? keys : near;
                String where = before.isEmpty() ? "" : " in " + before;
                return "no field '" + step + "'" + where
                        + (told.isEmpty()
                                ? ""
                                : (near.isEmpty() ? ", there are " : "; perhaps: ") + String.join(", ", told));
            }
            shape = next;
            before = before.isEmpty() ? step : before + "." + step;
        }
        return null;
    }
}
