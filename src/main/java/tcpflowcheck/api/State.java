package tcpflowcheck.api;

/** The states of a connection (RFC 9293, section 3.3.2). */
public enum State {
    /** There is no connection. */
    CLOSED,
    /** Waits for a SYN. */
    LISTEN,
    /** Has sent a SYN, waits for one. */
    SYN_SENT,
    /** Has sent and got a SYN, waits for the ACK of its own. */
    SYN_RECEIVED,
    /** Is open. */
    ESTABLISHED,
    /** Has sent a FIN, waits for its ACK or for the peer's FIN. */
    FIN_WAIT_1,
    /** Its FIN is acknowledged; waits for the peer's. */
    FIN_WAIT_2,
    /** Has got a FIN, and sent none. */
    CLOSE_WAIT,
    /** Has sent and got a FIN, waits for the ACK of its own. */
    CLOSING,
    /** Has got a FIN and then sent its own, waits for the ACK of that. */
    LAST_ACK,
    /** Both FINs are acknowledged; waits lest old segments come. */
    TIME_WAIT;

    private final String word = name().replace('_', '-');

    /** As reports print it: {@code SYN-SENT}. */
    @Override
    public String toString() {
        return word;
    }
}
