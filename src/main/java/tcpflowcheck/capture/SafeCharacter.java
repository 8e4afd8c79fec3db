package tcpflowcheck.capture;

/** What a terminal or a reader of a report shows as a character and does not act on. */
public final class SafeCharacter {
    private SafeCharacter() {}

    /** Whether a code point is neither a control nor invisible, and neither breaks a line nor turns the direction of writing. */
    public static boolean is(int point) {
        return point < 0x80 ? point >= ' ' && point != 0x7f : isBeyondAscii(point);
    }

    private static boolean isBeyondAscii(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false; // U+FFFE among them, which XML forbids
            default -> true;
        };
    }
}
