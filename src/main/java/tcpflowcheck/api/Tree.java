package tcpflowcheck.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an object of the output holds, read by path, and its words as constants. */
final class Tree {
    private Tree() {}

    /** The same, and nobody can change it. */
    static Map<String, Object> given(Map<String, Object> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> copy.put(key, given(value)));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object given(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return given((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(given(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    /**
     * What stands at a path of keys with dots between them.
     *
     * @return null where the object has no value there
     * @throws IllegalArgumentException if there is no such key
     */
    static @Nullable Object at(Map<?, ?> object, String path) {
        Object value = object;
        for (String key : path.split("\\.", -1)) {
            if (value == null) {
                return null;
            }
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                String there = value instanceof Map<?, ?> map ? ", there are " + map.keySet() : "";
                throw new IllegalArgumentException(path + ": no key '" + key + "'" + there);
            }
            value = map.get(key);
        }
        return value;
    }

    /** The same, of what each such object has. */
    private static Object always(Map<?, ?> object, String path) {
        Object value = at(object, path);
        if (value == null) {
            throw new IllegalArgumentException(path + ": no value");
        }
        return value;
    }

    static long number(Map<?, ?> object, String path) {
        return ((Number) always(object, path)).longValue();
    }

    static boolean truth(Map<?, ?> object, String path) {
        return (Boolean) always(object, path);
    }

    static String text(Map<?, ?> object, String path) {
        return always(object, path).toString();
    }

    static List<?> list(Map<?, ?> object, String path) {
        return (List<?>) always(object, path);
    }

    static <E extends Enum<E>> E constant(Class<E> type, Map<?, ?> object, String path) {
        return constant(type, always(object, path));
    }

    /** The constant of an output's word: {@code LAST-ACK}, {@code four-segment}. */
    static <E extends Enum<E>> E constant(Class<E> type, Object word) {
        return Enum.valueOf(type, word.toString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
