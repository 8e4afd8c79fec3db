package tcpflowcheck.api;

import java.util.Locale;

/** What an RST that ended a connection meant, by what its sender was in. */
public enum ResetKind {
    /** It answered a SYN. */
    REFUSED,
    /** Its sender was synchronized and had sent no FIN. */
    ABORT,
    /** Its sender had sent a FIN and was not yet CLOSED. */
    ABORT_AFTER_CLOSE,
    /** Its sender had no such connection, or none any more. */
    REPLY_TO_CLOSED,
    /** Its sender had sent the SYN itself, and gave up before the connection was open. */
    ABANDONED_OPEN;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As reports print it: {@code abort-after-close}. */
    @Override
    public String toString() {
        return word;
    }
}
