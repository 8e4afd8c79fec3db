package tcpflowcheck.cluster;

/** The words of the command line can't be meant; the message says why. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
