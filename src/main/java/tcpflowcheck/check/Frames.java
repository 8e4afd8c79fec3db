package tcpflowcheck.check;

import java.util.List;
import java.util.Map;

/** The frame to look at for a key of a flow object. */
final class Frames {
    private Frames() {}

    static long of(String path, Map<String, Object> flow) {
        String part = path.split("\\.")[0];
        Object value = flow.get(part);
        Object frames = value instanceof Map<?, ?> map ? map.get("frames") : null;
        if (frames instanceof List<?> list && !list.isEmpty()) {
            return ((Number) list.get(part.equals("close") ? list.size() - 1 : 0)).longValue();
        }
        if (value instanceof Map<?, ?> map && map.get("frame") instanceof Number frame) {
            return frame.longValue();
        }
        if (part.equals("findings") && value instanceof List<?> findings && !findings.isEmpty()) {
            return ((Number) Member.list((Map<?, ?>) findings.get(0), "frames").get(0)).longValue();
        }
        boolean atTheEnd = part.equals("close") || part.equals("reset") || path.equals("timing.silenceAtEndNanos");
        Object frame = flow.get(atTheEnd ? "lastFrame" : "firstFrame");
        return frame instanceof Number number ? number.longValue() : 0;
    }
}
