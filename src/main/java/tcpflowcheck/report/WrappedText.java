package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;

/** Sentences in lines of a width: broken at spaces, and where East Asian text stands, which takes two columns, between characters. */
final class WrappedText {
    /** What no line begins with. */
    private static final String NOT_FIRST =
            "\uff0c\u3002\u3001\uff1b\uff1a\uff09\uff01\uff1f\u201d\u2019\u300b\u3009\u300d\u300f\u3011\u2026)],.;:!?%";

    /** What no line ends with. */
    private static final String NOT_LAST = "\uff08\u201c\u2018\u300a\u3008\u300c\u300e\u3010([";

    private WrappedText() {}

    /** Columns that a text takes on a terminal. */
    static int columns(String text) {
        return text.codePoints().map(point -> isWide(point) ? 2 : 1).sum();
    }

    /** Whether a character takes two columns: Unicode's East Asian Width W and F (Standard Annex 11), as far as letters go. */
    private static boolean isWide(int point) {
        return (point >= 0x1100 && point <= 0x115f)
                || (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7a3)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xfe30 && point <= 0xfe6f)
                || (point >= 0xff00 && point <= 0xff60)
                || (point >= 0xffe0 && point <= 0xffe6)
                || (point >= 0x20000 && point <= 0x3fffd);
    }

    /** Whether a line may end behind one character and the next begin with the other, and no blank is there to tell. */
    private static boolean isBetween(int before, int next) {
        return ((isWide(next) && before != ' ') || isWide(before))
                && NOT_FIRST.indexOf(next) < 0
                && NOT_LAST.indexOf(before) < 0;
    }

    /** Whether what follows stands behind a text without a blank, since that ends in East Asian writing. */
    static boolean endsWide(CharSequence text) {
        return isWide(Character.codePointBefore(text, text.length()));
    }

    /** @param width columns; 0 if the line may be as long as it is */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        int column = 0;
        int breakAt = -1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            boolean wide = isWide(point);
            boolean mayBreak = point == ' ' || (i > from && isBetween(text.codePointBefore(i), point));
            if (mayBreak && column <= width) {
                breakAt = i;
            }
            column += wide ? 2 : 1;
            if (width > 0 && column > width && breakAt <= from && i > from) {
                breakAt = i; // a word that is wider than the line
            }
            if (width > 0 && column > width && breakAt > from) {
                lines.add(text.substring(from, breakAt));
                from = text.charAt(breakAt) == ' ' ? breakAt + 1 : breakAt;
                column = columns(text.substring(from, Math.min(i + Character.charCount(point), text.length())));
                breakAt = -1;
            }
        }
        lines.add(text.substring(from));
        return lines;
    }
}
