package tcpflowcheck.report;

/** Text of others (file names, octets of a segment) made safe to print: what a terminal would act on is spelled out. */
public final class SafeText {
    private SafeText() {}

    /** The same for what may have several lines: they are put side by side. */
    public static String ofLines(String text) {
        return of(text.strip().replaceAll("\\R", " / "));
    }

    /**
     * The text with each control character (C0, DEL, C1) as {@code \x1b}, and each character that is invisible, breaks
     * a line or turns the direction of writing as <code>\</code><code>u202e</code>.
     */
    public static String of(String text) {
        int at = 0;
        while (at < text.length() && SafeCharacter.is(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at == text.length() ? text : escape(text, at);
    }

    private static String escape(String text, int from) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, from);
        int point;
        for (int at = from; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            if (SafeCharacter.is(point)) {
                safe.appendCodePoint(point);
            } else if (point <= 0xff) {
                hex(safe.append("\\x"), point, 2);
            } else {
                boolean wide = point > 0xffff;
                hex(safe.append(wide ? "\\U" : "\\u"), point, wide ? 8 : 4);
            }
        }
        return safe.toString();
    }

    private static void hex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit(value >>> shift & 0xf, 16));
        }
    }
}
