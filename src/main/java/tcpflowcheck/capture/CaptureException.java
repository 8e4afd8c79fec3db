package tcpflowcheck.capture;

import org.jspecify.annotations.Nullable;

/**
 * An input that could not be opened, is no capture, or is cut or corrupt. The message is one line for the user: the
 * input's name, the octet (from 0) and what was expected there.
 */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 2L;

    private final String message;
    private final boolean cut;

    private CaptureException(String message, boolean cut, @Nullable Throwable cause) {
        super(cause);
        this.message = oneLine(message);
        this.cut = cut;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /**
     * The input ends inside a header, record or block.
     *
     * @param octet where the incomplete part begins
     * @param where the rest of "cut ...": inside what, the octets expected and the octets found
     */
    public static CaptureException cut(String name, long octet, String where) {
        return new CaptureException(name + ": octet " + octet + ": cut " + where, true, null);
    }

    /** The input holds something that the format forbids: {@code found} says what, and what was expected. */
    public static CaptureException corrupt(String name, long octet, String found) {
        return new CaptureException(name + ": octet " + octet + ": " + found, false, null);
    }

    /** The input can't be opened or read at all. */
    public static CaptureException unreadable(String name, String reason, @Nullable Throwable cause) {
        return new CaptureException(name + ": " + reason, false, cause);
    }

    /** True if the input ended too early, false if what stands there is wrong or can't be read. */
    public boolean cut() {
        return cut;
    }

    /** A file's name may hold line breaks and terminal controls; they are shown as {@code ?}. */
    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }
}
