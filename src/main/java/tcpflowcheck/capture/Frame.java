package tcpflowcheck.capture;

/**
 * Lent: one captured frame, a view over its source's buffer that is valid until the next call of
 * {@link FrameSource#next}.
 */
public final class Frame {
    private byte[] buffer = new byte[0];
    private int offset;
    private int capturedLength;
    private int wireLength;
    private int linkType;
    private long number;
    private long time;

    /**
     * Shows a frame.
     *
     * @param buffer the octets, not copied
     * @param offset the frame's first octet in it
     * @param capturedLength octets that the capture holds
     * @param wireLength octets that were on the link as the capture says, at most 2^31 - 1; a faulty writer's may be
     *     below capturedLength
     * @param linkType a {@link LinkType} number
     * @param number the frame's number in its capture, from 1
     * @param time nanoseconds since the epoch
     */
    public void wrap(
            byte[] buffer, int offset, int capturedLength, int wireLength, int linkType, long number, long time) {
        this.buffer = buffer;
        this.offset = offset;
        this.capturedLength = capturedLength;
        this.wireLength = wireLength;
        this.linkType = linkType;
        this.number = number;
        this.time = time;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int capturedLength() {
        return capturedLength;
    }

    public int wireLength() {
        return wireLength;
    }

    public int linkType() {
        return linkType;
    }

    public long number() {
        return number;
    }

    public long time() {
        return time;
    }
}
