package tcpflowcheck.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fragments of one packet, without a gap or with some. */
final class Fragments {
    /** Octets that a fragment takes beside its own. */
    static final int OVERHEAD = 64;

    /** @param octets of the payload from here on */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(long frame, int from, byte[] octets) {
        int to() {
            return from + octets.length;
        }
    }

    /** In which the first of them was seen. */
    final long frame;

    /** When that was, in nanoseconds since the epoch. */
    final long time;
    /** In the order of the payload, none over another. */
    private final List<Piece> pieces = new ArrayList<>(4);

    private byte @Nullable [] header;
    private int covered;
    /** Octets of the whole payload, which the last fragment tells, or -1. */
    private int length = -1;

    Fragments(long frame, long time) {
        this.frame = frame;
        this.time = time;
    }

    /** Octets of memory. */
    int held() {
        return OVERHEAD * (pieces.size() + 2) + covered;
    }

    void header(byte[] octets) {
        if (header == null) {
            header = octets;
        }
    }

    /**
     * Adds what is new in a fragment.
     *
     * @return whether it contradicts what was there: part of a piece, or other octets, or another end
     */
    boolean add(TcpSegment segment, int at, int octets, int offset, boolean more) {
        byte[] buffer = segment.buffer;
        int to = offset + octets;
        int known = pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).to();
        boolean contradicts = length < 0 ? !more && to < known : to > length || (!more && to < length);
        if (length >= 0) {
            to = Math.min(to, length);
        } else if (!more) {
            length = Math.max(to, known);
        }
        int index = firstAfter(offset);
        int from = offset;
        while (from < to) {
            Piece next = index < pieces.size() ? pieces.get(index) : null;
            int free = next == null ? to : Math.min(next.from, to);
            if (free > from) {
                int start = at + from - offset;
                pieces.add(
                        index++,
                        new Piece(segment.frame, from, Arrays.copyOfRange(buffer, start, start + free - from)));
                covered += free - from;
                from = free;
            }
            if (next == null || next.from >= to) {
                break;
            }
            contradicts |= !copies(next, buffer, at, offset, to);
            from = Math.max(from, next.to());
            index++;
        }
        return contradicts;
    }

    /** Whether the fragment, from {@code offset} to {@code to}, is the piece again, or as much of it as it has. */
    private static boolean copies(Piece piece, byte[] buffer, int at, int offset, int to) {
        if (offset < piece.from || to > piece.to()) {
            return false;
        }
        int start = offset - piece.from;
        return Arrays.equals(piece.octets, start, start + to - offset, buffer, at, at + to - offset);
    }

    /** The first piece that ends after this octet. */
    private int firstAfter(int octet) {
        int low = 0;
        int high = pieces.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pieces.get(middle).to() > octet) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    long[] frames() {
        long[] frames = new long[pieces.size()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = pieces.get(i).frame;
        }
        return frames;
    }

    boolean isWhole() {
        return header != null && covered == length;
    }

    /** The first fragment's headers, and the payload behind them. */
    byte[] whole() {
        byte[] first = Objects.requireNonNull(header);
        byte[] whole = Arrays.copyOf(first, first.length + length);
        for (Piece piece : pieces) {
            System.arraycopy(piece.octets, 0, whole, first.length + piece.from, piece.octets.length);
        }
        return whole;
    }
}
