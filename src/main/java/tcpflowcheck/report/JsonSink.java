package tcpflowcheck.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;

/**
 * Lent: where JSON goes, value by value. The caller sees to it that keys and values alternate and that what begins ends.
 */
public interface JsonSink {
    JsonSink beginObject();

    JsonSink endObject();

    JsonSink beginArray();

    JsonSink endArray();

    /** The outermost value is whole; the next one begins another. */
    void endLine();

    JsonSink key(String key);

    /** A text; null if it is. */
    JsonSink value(@Nullable String text);

    /** A text that is one of few, each always the same object. */
    JsonSink name(String name);

    JsonSink value(long number);

    JsonSink value(boolean truth);

    /** The number of a frame. */
    default JsonSink frame(long number) {
        return value(number);
    }

    /** The number of one of our streams. */
    default JsonSink stream(long number) {
        return value(number);
    }

    /** The number of one of Wireshark's streams. */
    default JsonSink wiresharkStream(long number) {
        return value(number);
    }

    /** A null. */
    JsonSink nothing();

    /** An address of version 4 (in {@code low}) or 6 as a text. */
    JsonSink address(int ipVersion, long high, long low);

    /** A value of maps, lists, texts, longs and booleans. */
    default JsonSink tree(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            beginObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                key((String) member.getKey()).tree(member.getValue());
            }
            return endObject();
        }
        if (value instanceof List<?> list) {
            beginArray();
            for (Object element : list) {
                tree(element);
            }
            return endArray();
        }
        if (value instanceof Long number) {
            return value(number.longValue());
        }
        return value instanceof Boolean truth ? value(truth.booleanValue()) : value((String) value);
    }

    // ---- members: a key and its value

    default JsonSink member(String key, @Nullable String text) {
        return key(key).value(text);
    }

    default JsonSink value(@Nullable ForeignText text) {
        return value(text == null ? null : text.raw());
    }

    default JsonSink member(String key, @Nullable ForeignText text) {
        return key(key).value(text);
    }

    default JsonSink member(String key, long number) {
        return key(key).value(number);
    }

    default JsonSink member(String key, boolean truth) {
        return key(key).value(truth);
    }

    /** By the name that {@code named} prints; null if it is. */
    default JsonSink member(String key, @Nullable Enum<?> named) {
        return named == null ? key(key).nothing() : key(key).name(named.toString());
    }

    /** A number of which a negative one says that there is none. */
    default JsonSink known(String key, long number) {
        return number < 0 ? key(key).nothing() : member(key, number);
    }
}
