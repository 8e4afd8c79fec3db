package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code doubt: none} in an expectation: nothing of a flow is told that the capture does not prove. */
final class Doubts {
    static final String KEY = "doubt";
    static final String NONE = "none";

    private Doubts() {}

    /** Where a flow's object is in doubt: {@code close}, {@code transitions (frame 7)}. */
    static List<String> of(Map<String, Object> flow) {
        List<String> doubts = new ArrayList<>();
        flow.forEach((key, value) -> {
            if (value instanceof Map<?, ?> verdict && isDoubtful(verdict)) {
                doubts.add(key);
            } else if (value instanceof List<?> list) {
                list.forEach(each -> {
                    if (each instanceof Map<?, ?> one && isDoubtful(one)) {
                        doubts.add(one.containsKey("frame") ? key + " (frame " + one.get("frame") + ")" : key);
                    }
                });
            }
        });
        return doubts;
    }

    private static boolean isDoubtful(Map<?, ?> told) {
        return Boolean.FALSE.equals(told.get("certain"));
    }
}
