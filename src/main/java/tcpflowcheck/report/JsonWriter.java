package tcpflowcheck.report;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.SafeCharacter;
import tcpflowcheck.capture.SafeText;

/**
 * Lent: JSON (RFC 8259) on its way out into a {@link TextBuffer}, without white space. The caller sees to it that keys
 * and values alternate; commas come by themselves. Nothing is allocated but for names
 * that come for the first time.
 *
 * <p>What is written is valid UTF-8 and safe to look at: control characters, invisible ones and those that change the
 * direction of text leave as escapes.
 */
public final class JsonWriter implements JsonSink {
    private static final int REPLACEMENT = 0xfffd;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final TextBuffer out;
    private final KnownTexts known = new KnownTexts();
    private boolean comma;

    public JsonWriter(TextBuffer out) {
        this.out = out;
    }

    @Override
    public JsonWriter beginObject() {
        return begin('{');
    }

    @Override
    public JsonWriter endObject() {
        return end('}');
    }

    @Override
    public JsonWriter beginArray() {
        return begin('[');
    }

    @Override
    public JsonWriter endArray() {
        return end(']');
    }

    @Override
    public void endLine() {
        out.append('\n');
        comma = false;
    }

    @Override
    public JsonWriter key(String key) {
        name(key);
        out.append(':');
        comma = false;
        return this;
    }

    /** A text; null if it is. A lone surrogate becomes U+FFFD. */
    @Override
    public JsonWriter value(@Nullable String text) {
        if (text == null) {
            return nothing();
        }
        separate();
        quote(text);
        return this;
    }

    @Override
    public JsonWriter name(String name) {
        separate();
        byte[] octets = known.of(name);
        if (octets != null) {
            out.append(octets);
            return this;
        }
        int from = out.length();
        quote(name);
        known.add(name, out, from);
        return this;
    }

    @Override
    public JsonWriter value(long number) {
        separate();
        out.decimal(number);
        return this;
    }

    @Override
    public JsonWriter value(boolean truth) {
        separate();
        out.append(truth ? TRUE : FALSE);
        return this;
    }

    @Override
    public JsonWriter nothing() {
        separate();
        out.append(NULL);
        return this;
    }

    @Override
    public JsonWriter address(int ipVersion, long high, long low) {
        separate();
        out.append('"');
        if (ipVersion == 4) {
            out.ipv4((int) low);
        } else {
            out.ipv6(high, low);
        }
        out.append('"');
        return this;
    }

    private JsonWriter begin(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    /** A text in quotes that belongs to nothing that this writer has begun. */
    void alone(String text) {
        quote(text);
    }

    private void quote(String text) {
        out.append('"');
        escape(text);
        out.append('"');
    }

    private void escape(String text) {
        int length = text.length();
        int plain = 0;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (isPlain(unit)) {
                continue;
            }
            if (unit == '#' && (i == 0 || text.charAt(i - 1) != '#')) {
                continue;
            }
            int point = text.codePointAt(i);
            int units = Character.charCount(point);
            if (unit < 0x80 || !SafeCharacter.is(point)) {
                out.append(text, plain, i);
                plain = i + units;
                escape(point);
            }
            i += units - 1;
        }
        out.append(text, plain, length);
    }

    /** Most are ASCII and stay as they are; a second {@code #} would begin a command in the log of a build ({@link SafeText}). */
    private static boolean isPlain(char unit) {
        return unit < 0x80 && unit != '"' && unit != '\\' && unit != '#' && SafeCharacter.is(unit);
    }

    private void escape(int point) {
        switch (point) {
            case '"', '\\' -> out.append('\\').append((char) point);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (point >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    unit(Character.highSurrogate(point));
                    unit(Character.lowSurrogate(point));
                } else {
                    unit(point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE ? point : REPLACEMENT);
                }
            }
        }
    }

    private void unit(int unit) {
        out.append("\\u").hex(unit, 4);
    }
}
