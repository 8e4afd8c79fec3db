package tcpflowcheck.wire;

/**
 * Lent: the options of the segment at hand. {@link #wrap} reads the list once; accessors then can't fail. Numbers by
 * IANA's "TCP Parameters".
 */
public final class TcpOptions {
    public static final int EOL = 0;
    public static final int NOP = 1;
    public static final int MSS = 2;
    public static final int WINDOW_SCALE = 3;
    public static final int SACK_PERMITTED = 4;
    public static final int SACK = 5;
    public static final int TIMESTAMPS = 8;
    public static final int MD5 = 19;
    public static final int USER_TIMEOUT = 28;
    public static final int AO = 29;
    public static final int MPTCP = 30;
    public static final int FAST_OPEN = 34;
    public static final int EXPERIMENT_1 = 253;
    public static final int EXPERIMENT_2 = 254;

    private int mss = -1;
    private int windowShift = -1;
    private boolean sackPermitted;
    private boolean timestamps;
    private int tsVal;
    private int tsEcr;
    private int sackCount;
    private int fastOpenLength = -1;
    private int faultOffset = -1;

    /** The maximum segment size (RFC 9293, section 3.7.1), -1 if absent. */
    public int mss() {
        return mss;
    }

    /** The window shift count as sent (RFC 7323, section 2), -1 if absent. */
    public int windowShift() {
        return windowShift;
    }

    /** RFC 2018, section 2. */
    public boolean sackPermitted() {
        return sackPermitted;
    }

    /** Whether a well-formed timestamps option is there (RFC 7323, section 3). */
    public boolean timestamps() {
        return timestamps;
    }

    public int tsVal() {
        return tsVal;
    }

    public int tsEcr() {
        return tsEcr;
    }

    /** SACK blocks, 0 to 4 (RFC 2018, section 3). */
    public int sackCount() {
        return sackCount;
    }

    /** Octets of the Fast Open cookie (RFC 7413, section 4.1.1): 0 is a request, -1 if the option is absent. */
    public int fastOpenLength() {
        return fastOpenLength;
    }

    /** Whether the list is malformed: past the header, a length below 2, or a length wrong for its kind. */
    public boolean malformed() {
        return faultOffset >= 0;
    }
}
