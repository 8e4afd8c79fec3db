package tcpflowcheck.api;

/**
 * A capture that could not be opened, is none, or is cut or corrupt; a filter that is wrong; or an interface that can't be
 * captured on. The message is one line: the name, the octet (from 0) where there is one, and what is wrong, in the tool's words.
 */
public final class UnreadableCaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableCaptureException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
