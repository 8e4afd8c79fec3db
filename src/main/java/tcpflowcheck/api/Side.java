package tcpflowcheck.api;

import java.util.Locale;

/** The two ends of a connection; the client is the one that opened it. */
public enum Side {
    /** Who sent the SYN, as far as the capture shows. */
    CLIENT,
    /** The other one. */
    SERVER;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As reports print it: {@code client}. */
    @Override
    public String toString() {
        return word;
    }
}
