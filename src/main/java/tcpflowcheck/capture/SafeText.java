package tcpflowcheck.capture;

/**
 * Text of others (file names, octets of a segment) made safe to print: what a terminal would act on is spelled out, and
 * so is what the log of a build would take for a command. GitHub obeys a line that begins with {@code ::error}, and
 * {@code ##[error]} anywhere; Azure and TeamCity obey {@code ##vso[} and {@code ##teamcity[}.
 */
public final class SafeText {
    private SafeText() {}

    /** The same for what may have several lines: they are put side by side. */
    public static String ofLines(String text) {
        return of(text.strip().replaceAll("\\R", " / "));
    }

    /**
     * The text with each control character (C0, DEL, C1) as {@code \x1b}, and each character that is invisible, breaks
     * a line or turns the direction of writing as <code>\</code><code>u202e</code>; of {@code ::} where a word begins the
     * first colon, of {@code ##} the second sign.
     */
    public static String of(String text) {
        int at = 0;
        while (at < text.length() && isSafe(text, at)) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at == text.length() ? text : escape(text, at);
    }

    private static String escape(String text, int from) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, from);
        int point;
        for (int at = from; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            if (isSafe(text, at)) {
                safe.appendCodePoint(point);
            } else if (FileName.isOctet(point)) {
                hex(safe.append("\\x"), FileName.octet(point), 2);
            } else if (point <= 0xff) {
                hex(safe.append("\\x"), point, 2);
            } else {
                boolean wide = point > 0xffff;
                hex(safe.append(wide ? "\\U" : "\\u"), point, wide ? 8 : 4);
            }
        }
        return safe.toString();
    }

    private static boolean isSafe(String text, int at) {
        int point = text.codePointAt(at);
        return switch (point) {
            case ':' -> !isCommand(text, at);
            case '#' -> at == 0 || text.charAt(at - 1) != '#';
            default -> SafeCharacter.is(point);
        };
    }

    /** A line may be broken before any word; a command has a name. */
    private static boolean isCommand(String text, int at) {
        boolean beginsWord = at == 0 || Character.isSpaceChar(text.charAt(at - 1));
        return beginsWord
                && text.startsWith("::", at)
                && at + 2 < text.length()
                && Character.isLetter(text.charAt(at + 2));
    }

    private static void hex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit(value >>> shift & 0xf, 16));
        }
    }
}
