package tcpflowcheck.fuzz;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What may stand in an output. */
final class Printable {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Printable() {}

    /** No control but the line break, nothing that turns the direction of text, no half of a character. */
    static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= ' ' && c < 0x7f) || c == '\n';
            if (!plain && !isHarmless(text.codePointAt(i))) {
                throw new AssertionError("U+" + Integer.toHexString(text.codePointAt(i)) + " at " + i + " of " + text);
            }
            i += Character.isHighSurrogate(c) ? 1 : 0;
        }
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Each line an object, no key twice. */
    static void json(String lines) {
        check(lines);
        lines.lines().forEach(line -> {
            if (!STRICT.readTree(line).isObject()) {
                throw new AssertionError("no object: " + line);
            }
        });
    }
}
