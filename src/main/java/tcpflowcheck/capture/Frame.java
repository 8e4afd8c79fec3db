package tcpflowcheck.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lent: one captured frame, a view over its source's buffer that is valid until the next call of
 * {@link FrameSource#next}.
 */
public final class Frame {
    private byte[] buffer = new byte[0];
    private ByteBuffer words = words(buffer);
    private int offset;
    private int capturedLength;
    private int wireLength;
    private int linkType;
    private long number;
    private long time;
    private @Nullable Direction direction;
    private @Nullable ForeignText interfaceName;
    private List<ForeignText> comments = List.of();
    /** Whether one of the last three says anything. */
    private boolean noted;

    /** Which way a frame went, as the host that captured it sees it. */
    public enum Direction {
        INBOUND,
        OUTBOUND
    }

    /** A view of the octets as numbers in this machine's order. */
    public static ByteBuffer words(byte[] buffer) {
        return ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
    }

    /**
     * Shows a frame.
     *
     * @param words the octets, not copied, as {@link #words(byte[])} shows them
     * @param offset the frame's first octet in it
     * @param capturedLength octets that the capture holds
     * @param wireLength octets that were on the link as the capture says, at most 2^31 - 1; a faulty writer's may be
     *     below capturedLength
     * @param linkType a {@link LinkType} number
     * @param number the frame's number in its capture, from 1
     * @param time nanoseconds since the epoch
     */
    @SuppressWarnings({"ReferenceEquality", "ByteBufferBackingArray"}) // the buffer is of all of the array
    public void wrap(
            ByteBuffer words, int offset, int capturedLength, int wireLength, int linkType, long number, long time) {
        if (this.words != words) { // storing a reference has a price that comparing has not
            this.words = words;
            buffer = words.array();
        }
        this.offset = offset;
        this.capturedLength = capturedLength;
        this.wireLength = wireLength;
        this.linkType = linkType;
        this.number = number;
        this.time = time;
        if (noted) {
            noted = false;
            direction = null;
            interfaceName = null;
            comments = List.of();
        }
    }

    /** Shows a frame of another source as number {@code number} of this one. */
    public void wrap(Frame other, long number) {
        wrap(other.words, other.offset, other.capturedLength, other.wireLength, other.linkType, number, other.time);
        if (other.noted) {
            note(other.interfaceName, other.direction, other.comments);
        }
    }

    /** Adds what pcapng can say of a frame; the first two may be null. */
    public void note(@Nullable ForeignText interfaceName, @Nullable Direction direction, List<ForeignText> comments) {
        noted = true;
        this.interfaceName = interfaceName;
        this.direction = direction;
        this.comments = comments;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** The same, as numbers in this machine's order. */
    public ByteBuffer words() {
        return words;
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

    /** Which way it went, or null if the capture does not say. */
    public @Nullable Direction direction() {
        return direction;
    }

    /** The interface's name, or null if the capture does not say. */
    public @Nullable ForeignText interfaceName() {
        return interfaceName;
    }

    /** Given: what somebody wrote about the frame. */
    public List<ForeignText> comments() {
        return comments;
    }
}
