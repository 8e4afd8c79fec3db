package tcpflowcheck.api;

import java.util.Locale;

/** How a connection was closed, or that it was not. */
public enum Closing {
    /** The second FIN's segment is the first that acknowledges the first FIN. */
    THREE_SEGMENT,
    /** The first FIN was acknowledged by a segment without FIN; the second FIN came later. */
    FOUR_SEGMENT,
    /** Both ends sent their FIN before they got the other's; nobody was first. */
    SIMULTANEOUS,
    /** One FIN was acknowledged, and the other end sent none. */
    HALF_CLOSED,
    /** Nothing covers a FIN. */
    UNACKNOWLEDGED,
    /** It was closing when the capture ended, and what is missing could still have come. */
    CUT,
    /** The flow had to make room, as too many were alive, before it was closed. */
    EVICTED,
    /** An acceptable RST ended it. */
    RESET,
    /** It was open when the capture ended. */
    OPEN,
    /** It never was open. */
    NONE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As reports print it: {@code four-segment}. */
    @Override
    public String toString() {
        return word;
    }
}
