package tcpflowcheck.check;

import tcpflowcheck.capture.SafeCharacter;

/** An expectation that can't be meant; the message names the file, the line and the column, and what may be meant. */
public final class ExpectationException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpectationException(String message) {
        super(printable(message));
    }

    /** What stands in the file may be anything: what a terminal would act on is shown as {@code ?}. */
    private static String printable(String message) {
        StringBuilder text = new StringBuilder(message.length());
        message.codePoints().forEach(point -> {
            boolean shown = point == '\n' || SafeCharacter.is(point);
            text.appendCodePoint(shown ? point : '?');
        });
        return text.toString();
    }
}
