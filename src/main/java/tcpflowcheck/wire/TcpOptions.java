package tcpflowcheck.wire;

/**
 * Lent: the options of the segment at hand. {@link #wrap} reads the list once; accessors then can't fail. Numbers by
 * IANA's "TCP Parameters". Of two options of a kind the last counts, as in Linux. An option whose length is wrong for
 * its kind is passed over; a length that is no length at all ends the list; both are the {@linkplain #malformed fault},
 * of which the first is kept.
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

    /** The experiment identifier of Fast Open before it had a kind (RFC 7413, appendix A). */
    public static final int FAST_OPEN_EXPERIMENT = 0xf989;

    /** Octets of the longest list: 15 words of header less the fixed five (RFC 9293, section 3.1). */
    static final int MAX_LENGTH = 40;
    /** NOP, NOP, timestamps of ten octets: the layout of RFC 7323, appendix A. */
    private static final int ALIGNED_TIMESTAMPS = 0x0101_080a;
    /** Stands for both experimental kinds in {@link #present}. */
    private static final int EXPERIMENT_BIT = 63;

    private byte[] buffer = new byte[0];
    private int offset;
    private int length;
    private int captured;

    private int count;
    private final byte[] positions = new byte[MAX_LENGTH];
    /** A bit for each kind that is there and well-formed: without it the kind's values are of an earlier segment. */
    private long present;

    private int tsVal;
    private int tsEcr;
    private int mss;
    private int windowShift;
    private int sackAt;
    private int sackCount;
    private int fastOpenAt;
    private int fastOpenLength;
    private int mptcpSubtype;
    private int userTimeout;
    private int experimentId;
    private int faultOffset = -1;

    /**
     * Reads a list.
     *
     * @param buffer the octets, not copied
     * @param offset the first option's octet in it
     * @param length octets of options that the header promises, 0 to 40
     * @param captured octets of them that are in the buffer; what is beyond {@code length} does not count
     */
    public void wrap(byte[] buffer, int offset, int length, int captured) {
        if (this.buffer != buffer) { // storing a reference has a price that comparing has not
            this.buffer = buffer;
        }
        this.offset = offset;
        this.length = length;
        clear();
        this.captured = Math.min(captured, length);
        if (length == 12 && captured >= 12 && Octets.i32(buffer, offset) == ALIGNED_TIMESTAMPS) {
            positions[0] = 0;
            positions[1] = 1;
            positions[2] = 2;
            count = 3;
            present = 1L << TIMESTAMPS;
            timestamps(offset + 4);
        } else if (length > 0) {
            read();
        }
    }

    /** As {@link #wrap(byte[], int, int, int)} for a list that was captured whole. */
    public void wrap(byte[] buffer, int offset, int length) {
        wrap(buffer, offset, length, length);
    }

    /** Forgets the list. */
    void clear() {
        count = 0;
        present = 0;
        sackCount = 0;
        captured = length;
        faultOffset = -1;
    }

    private void read() {
        boolean cut = cut();
        int at = 0;
        while (at < captured) {
            int kind = Octets.u8(buffer, offset + at);
            int octets = 1;
            if (kind > NOP) {
                if (at + 1 >= captured && cut) {
                    return;
                }
                octets = at + 1 < captured ? Octets.u8(buffer, offset + at + 1) : 0;
                if (octets >= 2 && at + octets > captured && at + octets <= length) {
                    return;
                }
            }
            positions[count++] = (byte) at;
            if (kind == EOL) {
                return;
            }
            if (kind > NOP) {
                boolean delimited = octets >= 2 && at + octets <= length;
                if (!delimited || !option(kind, offset + at, octets)) {
                    faultOffset = faultOffset < 0 ? at : faultOffset;
                }
                if (!delimited) {
                    return;
                }
            }
            at += octets;
        }
    }

    /** Takes an option's values; false if its length is wrong for its kind. */
    private boolean option(int kind, int at, int octets) {
        switch (kind) {
            case MSS -> {
                if (octets != 4) {
                    return false;
                }
                mss = Octets.u16(buffer, at + 2);
            }
            case WINDOW_SCALE -> {
                if (octets != 3) {
                    return false;
                }
                windowShift = Octets.u8(buffer, at + 2);
            }
            case SACK_PERMITTED -> {
                if (octets != 2) {
                    return false;
                }
            }
            case SACK -> {
                if (octets < 10 || octets % 8 != 2) {
                    return false;
                }
                sackAt = at + 2;
                sackCount = octets / 8;
            }
            case TIMESTAMPS -> {
                if (octets != 10) {
                    return false;
                }
                timestamps(at + 2);
            }
            case MD5 -> { // RFC 2385, section 3.0
                if (octets != 18) {
                    return false;
                }
            }
            case USER_TIMEOUT -> { // RFC 5482, section 3
                if (octets != 4) {
                    return false;
                }
                userTimeout = Octets.u16(buffer, at + 2);
            }
            case AO -> { // RFC 5925, section 2.2
                if (octets < 4) {
                    return false;
                }
            }
            case MPTCP -> { // RFC 8684, section 3
                if (octets < 3) {
                    return false;
                }
                mptcpSubtype = Octets.u8(buffer, at + 2) >> 4;
            }
            case FAST_OPEN -> {
                return fastOpen(at + 2, octets - 2);
            }
            case EXPERIMENT_1, EXPERIMENT_2 -> {
                return experiment(kind, at, octets);
            }
            default -> {
                return true;
            }
        }
        present |= 1L << kind;
        return true;
    }

    private void timestamps(int at) {
        tsVal = Octets.i32(buffer, at);
        tsEcr = Octets.i32(buffer, at + 4);
    }

    /** RFC 7413, section 4.1.1: no cookie, or one of 4 to 16 octets, an even number. */
    private boolean fastOpen(int at, int octets) {
        if (octets != 0 && (octets < 4 || octets > 16 || octets % 2 != 0)) {
            return false;
        }
        fastOpenAt = at;
        fastOpenLength = octets;
        present |= 1L << FAST_OPEN;
        return true;
    }

    /** RFC 6994, section 3: an identifier of 16 bits at least, which old experiments lack. */
    private boolean experiment(int kind, int at, int octets) {
        if (octets < 4) {
            return true;
        }
        experimentId = Octets.u16(buffer, at + 2);
        present |= 1L << EXPERIMENT_BIT;
        return kind != EXPERIMENT_2 || experimentId != FAST_OPEN_EXPERIMENT || fastOpen(at + 4, octets - 4);
    }

    private boolean has(int kind) {
        return (present >>> kind & 1) != 0;
    }

    /** The maximum segment size (RFC 9293, section 3.7.1), -1 if absent. */
    public int mss() {
        return has(MSS) ? mss : -1;
    }

    /** The window shift count as sent (RFC 7323, section 2), -1 if absent. */
    public int windowShift() {
        return has(WINDOW_SCALE) ? windowShift : -1;
    }

    /** RFC 2018, section 2. */
    public boolean sackPermitted() {
        return has(SACK_PERMITTED);
    }

    /** Whether a well-formed timestamps option is there (RFC 7323, section 3). */
    public boolean timestamps() {
        return has(TIMESTAMPS);
    }

    /** 0 if there are no timestamps. */
    public int tsVal() {
        return timestamps() ? tsVal : 0;
    }

    /** 0 if there are no timestamps. */
    public int tsEcr() {
        return timestamps() ? tsEcr : 0;
    }

    /** Whether there is nothing else but timestamps and padding. */
    public boolean isTimestampsAlone() {
        if (present != 1L << TIMESTAMPS || malformed() || cut()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int kind = kind(i);
            if (kind > NOP && kind != TIMESTAMPS) {
                return false;
            }
        }
        return true;
    }

    /** SACK blocks, 0 to 4 (RFC 2018, section 3). */
    public int sackCount() {
        return sackCount;
    }

    /** The first sequence number of a SACK block, from 0, in the order they were sent. */
    public int left(int block) {
        return Octets.i32(buffer, sackAt + 8 * checked(block, sackCount));
    }

    /** The sequence number after a SACK block. */
    public int right(int block) {
        return Octets.i32(buffer, sackAt + 8 * checked(block, sackCount) + 4);
    }

    /**
     * Octets of the Fast Open cookie (RFC 7413, section 4.1.1): 0 is a request, -1 if the option is absent. The
     * experiment that came before the kind counts as well.
     */
    public int fastOpenLength() {
        return has(FAST_OPEN) ? fastOpenLength : -1;
    }

    /** Where the Fast Open cookie stands in the buffer, -1 if the option is absent. */
    public int fastOpenOffset() {
        return has(FAST_OPEN) ? fastOpenAt : -1;
    }

    /** The subtype of the last Multipath TCP option (RFC 8684, section 3), -1 if there is none. */
    public int mptcpSubtype() {
        return has(MPTCP) ? mptcpSubtype : -1;
    }

    /** Whether an MD5 signature is there (RFC 2385). */
    public boolean md5() {
        return has(MD5);
    }

    /** Whether an authentication option is there (RFC 5925). */
    public boolean ao() {
        return has(AO);
    }

    /** The user timeout in seconds (RFC 5482), -1 if absent. */
    public int userTimeout() {
        if (!has(USER_TIMEOUT)) {
            return -1;
        }
        int value = userTimeout & 0x7fff;
        return (userTimeout & 0x8000) != 0 ? 60 * value : value;
    }

    /** The first 16 bits of the last experiment's identifier (RFC 6994), -1 if there is none. */
    public int experimentId() {
        return has(EXPERIMENT_BIT) ? experimentId : -1;
    }

    /** Octets of the list as the header promises them. */
    public int length() {
        return length;
    }

    /** Where the list starts in the buffer. */
    public int offset() {
        return offset;
    }

    /** Whether the snap length cut the list; only options that are whole are shown. */
    public boolean cut() {
        return captured < length;
    }

    /** Of its octets as far as they were captured: equal lists have equal ones. */
    public long hash() {
        long hash = length;
        int at = offset;
        int end = offset + captured;
        for (; at <= end - 4; at += 4) {
            hash = hash * 0x9E37_79B9_7F4A_7C15L + Octets.i32(buffer, at);
        }
        for (; at < end; at++) {
            hash = hash * 0x9E37_79B9_7F4A_7C15L + Octets.u8(buffer, at);
        }
        return hash;
    }

    /** Options in the order they were sent, NOP, EOL and malformed ones too. */
    public int kindCount() {
        return count;
    }

    /** The kind of an option, from 0. */
    public int kind(int index) {
        return Octets.u8(buffer, offset + position(index));
    }

    /** The octet of the list, from 0, at which an option starts. */
    public int position(int index) {
        return positions[checked(index, count)];
    }

    /** Octets of an option with its kind and length, as written there: a malformed one may reach beyond the list. */
    public int optionLength(int index) {
        int position = position(index);
        if (kind(index) <= NOP) {
            return 1;
        }
        return position + 1 < length ? Octets.u8(buffer, offset + position + 1) : 0;
    }

    /** Whether the list is malformed: past the header, a length below 2, or a length wrong for its kind. */
    public boolean malformed() {
        return faultOffset >= 0;
    }

    /** The octet of the list, from 0, at which the first malformed option starts, -1 if there is none. */
    public int faultOffset() {
        return faultOffset;
    }

    /** The kind of the first malformed option, -1 if there is none. */
    public int faultKind() {
        return malformed() ? Octets.u8(buffer, offset + faultOffset) : -1;
    }

    private static int checked(int index, int bound) {
        if (index < 0 || index >= bound) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }
}
