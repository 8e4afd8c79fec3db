package tcpflowcheck.check;

import java.util.List;
import tcpflowcheck.capture.SafeCharacter;

/**
 * An expectation that can't be meant: each message names the file, the line and the column, and what may be meant. All that
 * is wrong with a file is said at once.
 */
public final class ExpectationException extends Exception {
    private static final long serialVersionUID = 2L;
    private static final int MOST = 20;

    private final transient List<String> messages;

    ExpectationException(String message) {
        this(List.of(message));
    }

    /** @param messages at least one */
    ExpectationException(List<String> messages) {
        super(printable(String.join("\n", messages)));
        this.messages = messages.stream().map(ExpectationException::printable).toList();
    }

    /** Each wrong thing, in the order in which they stand. */
    List<String> all() {
        return messages;
    }

    /** A line for each, the first 20 of them. */
    public List<String> lines() {
        if (messages.size() <= MOST) {
            return messages;
        }
        List<String> lines = new java.util.ArrayList<>(messages.subList(0, MOST));
        lines.add("and " + (messages.size() - MOST) + " more errors in it");
        return lines;
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
