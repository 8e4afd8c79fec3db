package tcpflowcheck.report;

import java.nio.charset.StandardCharsets;

/**
 * Lent: JSON (RFC 8259) on its way out into a {@link TextBuffer}, without white space. The caller sees to it that keys
 * and values alternate; commas come by themselves. Nothing is allocated but for names
 * that come for the first time.
 *
 * <p>What is written is valid UTF-8 and safe to look at: control characters, invisible ones and those that change the
 * direction of text leave as escapes.
 */
final class JsonWriter {
    private static final int REPLACEMENT = 0xfffd;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final TextBuffer out;
    private final KnownTexts known = new KnownTexts();
    private boolean comma;

    JsonWriter(TextBuffer out) {
        this.out = out;
    }

    JsonWriter beginObject() {
        return begin('{');
    }

    JsonWriter endObject() {
        return end('}');
    }

    JsonWriter beginArray() {
        return begin('[');
    }

    JsonWriter endArray() {
        return end(']');
    }

    /** The text is whole: ends its line, and the next value begins another text. */
    void endLine() {
        out.append('\n');
        comma = false;
    }

    JsonWriter key(String key) {
        name(key);
        out.append(':');
        comma = false;
        return this;
    }

    /** A text; null if it is. A lone surrogate becomes U+FFFD. */
    JsonWriter value(String text) {
        if (text == null) {
            return nothing();
        }
        separate();
        quote(text);
        return this;
    }

    /** A text that is one of few, each always the same object. */
    JsonWriter name(String name) {
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

    JsonWriter value(long number) {
        separate();
        out.decimal(number);
        return this;
    }

    JsonWriter value(boolean truth) {
        separate();
        out.append(truth ? TRUE : FALSE);
        return this;
    }

    /** A null. */
    JsonWriter nothing() {
        separate();
        out.append(NULL);
        return this;
    }

    /** An address of version 4 (in {@code low}) or 6 as a text. */
    JsonWriter address(int ipVersion, long high, long low) {
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

    // ---- members: a key and its value

    JsonWriter member(String key, String text) {
        return key(key).value(text);
    }

    JsonWriter member(String key, long number) {
        return key(key).value(number);
    }

    JsonWriter member(String key, boolean truth) {
        return key(key).value(truth);
    }

    /** By the name that {@code named} prints; null if it is. */
    JsonWriter member(String key, Enum<?> named) {
        return named == null ? key(key).nothing() : key(key).name(named.toString());
    }

    /** A number of which a negative one says that there is none. */
    JsonWriter known(String key, long number) {
        return number < 0 ? key(key).nothing() : member(key, number);
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

    /** Most are ASCII and stay as they are. */
    private static boolean isPlain(char unit) {
        return unit < 0x80 && unit != '"' && unit != '\\' && SafeCharacter.is(unit);
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
