package tcpflowcheck.check;

/** An expectation that can't be meant; the message names the file, the line and the column, and what may be meant. */
public final class ExpectationException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpectationException(String message) {
        super(message);
    }
}
