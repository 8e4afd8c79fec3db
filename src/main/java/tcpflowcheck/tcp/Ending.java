package tcpflowcheck.tcp;

/** Why no more of a connection is looked at. */
public enum Ending {
    /** Its time is over: it was closed, or silent for too long. */
    TIME_OVER,
    /** The next connection uses its addresses and ports. */
    PORTS_REUSED,
    CAPTURE_ENDS,
    /** There were too many flows. */
    EVICTED
}
