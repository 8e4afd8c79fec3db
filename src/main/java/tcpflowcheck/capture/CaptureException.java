package tcpflowcheck.capture;

/**
 * An input that could not be opened, is no capture, or is cut or corrupt. The message is one line for the user: the
 * input's name, the octet (from 0) and what was expected there.
 */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean cut;

    private CaptureException(String message, boolean cut, Throwable cause) {
        super(message, cause);
        this.cut = cut;
    }

    /** The input ends inside a header, record or block. */
    public static CaptureException cut(String name, long octet, String expected) {
        return new CaptureException(name + ": octet " + octet + ": the capture is cut here: " + expected, true, null);
    }

    /** The input holds something that the format forbids. */
    public static CaptureException corrupt(String name, long octet, String expected) {
        return new CaptureException(name + ": octet " + octet + ": " + expected, false, null);
    }

    /** The input can't be opened or read at all. */
    public static CaptureException unreadable(String name, String reason, Throwable cause) {
        return new CaptureException(name + ": " + reason, false, cause);
    }

    /** True if the input ended too early, false if what stands there is wrong or can't be read. */
    public boolean cut() {
        return cut;
    }
}
