package tcpflowcheck.tcp;

/** The states of RFC 9293, section 3.3.2. */
public enum TcpState {
    CLOSED,
    LISTEN,
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT;

    private final String text = name().replace('_', '-');

    /** Both ends' sequence numbers are known to both: ESTABLISHED and all that follow it until CLOSED. */
    public boolean isSynchronized() {
        return compareTo(ESTABLISHED) >= 0;
    }

    /** This end has sent its FIN and still keeps the connection. */
    public boolean hasSentFin() {
        return this == FIN_WAIT_1 || this == FIN_WAIT_2 || this == CLOSING || this == LAST_ACK || this == TIME_WAIT;
    }

    /** Nothing more is to come from this end: CLOSED, or TIME-WAIT, which only waits. */
    public boolean ended() {
        return this == CLOSED || this == TIME_WAIT;
    }

    /** As the standard prints it: {@code SYN-SENT}. */
    @Override
    public String toString() {
        return text;
    }
}
