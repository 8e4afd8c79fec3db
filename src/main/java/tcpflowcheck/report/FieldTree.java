package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Given: the fields of an object that are shown, and those that are not: JSON's paths, in the form of a tree. */
final class FieldTree {
    private final Map<String, FieldTree> below = new LinkedHashMap<>();

    private FieldTree() {}

    /** Of some paths. */
    static FieldTree of(List<String> paths) {
        FieldTree root = new FieldTree();
        for (String path : paths) {
            FieldTree at = root;
            for (String step : path.split("\\.")) {
                FieldTree next = at.below.get(step);
                if (next == null) {
                    next = new FieldTree();
                    at.below.put(step, next);
                }
                at = next;
            }
        }
        return root;
    }

    /** The object with these fields alone, or with all but these; whole where nothing is named below it. */
    Object of(Object value, boolean only) {
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(of(element, only));
            }
            return elements;
        }
        if (!(value instanceof Map<?, ?> map) || below.isEmpty()) {
            return value;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            FieldTree named = below.get(member.getKey());
            boolean leaf = named != null && named.below.isEmpty();
            if (named == null ? !only : only || !leaf) {
                members.put(
                        (String) member.getKey(),
                        named == null ? member.getValue() : named.of(member.getValue(), only));
            }
        }
        return members;
    }
}
