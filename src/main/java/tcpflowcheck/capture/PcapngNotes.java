package tcpflowcheck.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame.Direction;

/**
 * Reads what stands beside the frames of a pcapng capture: options (draft-ietf-opsawg-pcapng, section 3.5), name
 * resolution (4.5), statistics (4.6) and decryption secrets (4.7). What is wrong there ends the list it is in: no frame
 * depends on it.
 */
final class PcapngNotes {
    static final int NAME_RESOLUTION = 4;
    static final int INTERFACE_STATISTICS = 5;
    static final int DECRYPTION_SECRETS = 10;

    private static final int COMMENT = 1;
    private static final int PACKET_FLAGS = 2;
    private static final int STATISTICS_INTERFACE_DROPPED = 5;
    private static final int STATISTICS_SYSTEM_DROPPED = 7;
    static final int RECORD_IPV4 = 1;
    static final int RECORD_IPV6 = 2;

    private final SlidingBuffer buffer;
    private final CaptureNotes notes = new CaptureNotes();
    private @Nullable Direction direction;
    private List<ForeignText> comments = List.of();

    PcapngNotes(SlidingBuffer buffer) {
        this.buffer = buffer;
    }

    CaptureNotes notes() {
        return notes;
    }

    private ForeignText text(int offset, int length) {
        return CaptureNotes.text(buffer.octets(), buffer.position() + offset, length);
    }

    /** The option at {@code at} ends there; -1 if there is none before {@code end}. */
    private int optionEnd(int at, int end) {
        if (at + 4 > end || buffer.int16(at) == 0) {
            return -1;
        }
        int after = at + 4 + buffer.int16(at + 2);
        return after > end ? -1 : after;
    }

    private static int padded(int offset) {
        return offset + 3 & ~3;
    }

    /** A section header block's options. */
    void section(int from, int end) {
        notes.section();
        for (int at = from, after = optionEnd(at, end); after >= 0; at = padded(after), after = optionEnd(at, end)) {
            if (buffer.int16(at) == COMMENT) {
                notes.comment(text(at + 4, after - at - 4));
            }
        }
    }

    /** A packet block's options, for the frame that shows the packet. */
    void packet(Frame frame, @Nullable ForeignText interfaceName, int from, int end) {
        direction = null;
        comments = List.of();
        for (int at = from, after = optionEnd(at, end); after >= 0; at = padded(after), after = optionEnd(at, end)) {
            packetOption(buffer.int16(at), at + 4, after - at - 4);
        }
        if (interfaceName != null || direction != null || !comments.isEmpty()) {
            frame.note(interfaceName, direction, comments);
        }
    }

    private void packetOption(int code, int at, int length) {
        if (code == COMMENT) {
            if (comments.isEmpty()) {
                comments = new ArrayList<>(1);
            }
            comments.add(text(at, length));
        } else if (code == PACKET_FLAGS && length == 4) {
            int bits = buffer.int32(at) & 3;
            direction = bits == 1 ? Direction.INBOUND : bits == 2 ? Direction.OUTBOUND : null;
        }
    }

    /** A name resolution block's records: an address, then names that each end with an octet 0; the first counts. */
    void names(int end) {
        int at = 8;
        for (int after = optionEnd(at, end); after >= 0; at = padded(after), after = optionEnd(at, end)) {
            int type = buffer.int16(at);
            int octets = type == RECORD_IPV4 ? 4 : type == RECORD_IPV6 ? 16 : Integer.MAX_VALUE;
            if (after - at - 4 > octets) {
                name(octets, at + 4, after);
            }
        }
    }

    private void name(int octets, int address, int end) {
        int from = address + octets;
        int to = from;
        while (to < end && buffer.octet(to) != 0) {
            to++;
        }
        ForeignText name = text(from, to - from);
        if (octets == 4) {
            notes.name(4, 0, network(address, 4), name);
        } else {
            notes.name(6, network(address, 8), network(address + 8, 8), name);
        }
    }

    /** A number in network order whatever the section's is. */
    private long network(int offset, int octets) {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | (buffer.octet(offset + i) & 0xff);
        }
        return number;
    }

    /** A decryption secrets block. */
    void secrets(int end) {
        int length = buffer.int32(12);
        if (length > 0 && length <= end - 16) {
            int from = buffer.position() + 16;
            notes.secrets(buffer.int32(8), Arrays.copyOfRange(buffer.octets(), from, from + length));
        }
    }

    /** An interface statistics block. */
    void statistics(int end) {
        long kernel = -1;
        long device = -1;
        int at = 20;
        for (int after = optionEnd(at, end); after >= 0; at = padded(after), after = optionEnd(at, end)) {
            int code = buffer.int16(at);
            if (after - at == 12 && code == STATISTICS_INTERFACE_DROPPED) {
                device = buffer.int64(at + 4);
            } else if (after - at == 12 && code == STATISTICS_SYSTEM_DROPPED) {
                kernel = buffer.int64(at + 4);
            }
        }
        if (kernel >= 0 || device >= 0) {
            notes.dropped(buffer.int32(8), kernel, device);
        }
    }
}
