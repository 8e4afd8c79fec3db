package tcpflowcheck.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as a tree of maps, lists, texts, longs, booleans and null: what was written last, for one who looks into it. */
public class JsonTree extends ValueSink {
    private final Deque<Object> open = new ArrayDeque<>();
    private String key = "";
    private Map<String, Object> whole = Map.of();

    /** Given: the object that was written last. */
    public Map<String, Object> object() {
        return whole;
    }

    @Override
    public JsonSink beginObject() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (open.isEmpty()) {
            whole = members;
        } else {
            add(members);
        }
        open.push(members);
        return this;
    }

    @Override
    public JsonSink endObject() {
        open.pop();
        return this;
    }

    @Override
    public JsonSink beginArray() {
        List<Object> elements = new ArrayList<>();
        add(elements);
        open.push(elements);
        return this;
    }

    @Override
    public JsonSink endArray() {
        open.pop();
        return this;
    }

    @Override
    public void endLine() {}

    @Override
    public JsonSink key(String key) {
        this.key = key;
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected JsonSink add(@Nullable Object value) {
        if (open.peek() instanceof List<?> elements) {
            ((List<Object>) elements).add(value);
        } else {
            ((Map<String, Object>) open.peek()).put(key, value);
        }
        return this;
    }
}
