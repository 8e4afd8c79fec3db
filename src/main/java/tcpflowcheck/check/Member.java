package tcpflowcheck.check;

import java.util.List;
import java.util.Map;

/**
 * Members that an object of the output or of its schema always has: without one that object is not ours.
 *
 * <p>Each throws {@link IllegalArgumentException} where there is none.
 */
final class Member {
    private Member() {}

    static Object of(Map<?, ?> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no '" + key + "', there are " + object.keySet());
        }
        return value;
    }

    @SuppressWarnings("unchecked") // an object's keys are texts
    static Map<String, Object> object(Map<?, ?> object, String key) {
        return (Map<String, Object>) of(object, key);
    }

    static List<?> list(Map<?, ?> object, String key) {
        return (List<?>) of(object, key);
    }

    static Number number(Map<?, ?> object, String key) {
        return (Number) of(object, key);
    }

    static String text(Map<?, ?> object, String key) {
        return of(object, key).toString();
    }
}
