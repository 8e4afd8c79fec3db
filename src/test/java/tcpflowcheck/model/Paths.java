package tcpflowcheck.model;

import java.util.StringJoiner;
import tcpflowcheck.tcp.TcpState;

/** The states an end has been through, packed: four bits each, the first lowest; a state is its ordinal and one, so 0 ends it. */
final class Paths {
    static final int LIMIT = 16;

    private Paths() {}

    static int code(TcpState state) {
        return state.ordinal() + 1;
    }

    static long of(TcpState... states) {
        long path = 0;
        for (TcpState state : states) {
            path = with(path, code(state));
        }
        return path;
    }

    /** From the standard's names, separated by spaces. */
    static long parse(String text) {
        long path = 0;
        for (String each : text.strip().split(" +")) {
            path = with(path, code(TcpState.valueOf(each.replace('-', '_'))));
        }
        return path;
    }

    static int length(long path) {
        return (Long.SIZE - Long.numberOfLeadingZeros(path) + 3) / 4;
    }

    /** The code at an index, 0 beyond the end. */
    static int at(long path, int index) {
        return index < 0 || index >= LIMIT ? 0 : (int) (path >>> (4 * index)) & 15;
    }

    static long with(long path, int code) {
        int length = length(path);
        if (length == LIMIT) {
            throw new IllegalStateException("a path of more than " + LIMIT + " states: " + text(path));
        }
        return path | (long) code << (4 * length);
    }

    static int last(long path) {
        return at(path, length(path) - 1);
    }

    static boolean contains(long path, TcpState state) {
        for (long left = path; left != 0; left >>>= 4) {
            if ((left & 15) == code(state)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code path} begins with {@code prefix}. */
    static boolean startsWith(long path, long prefix) {
        int bits = 4 * length(prefix);
        return bits == Long.SIZE ? path == prefix : (path & (1L << bits) - 1) == prefix;
    }

    /** Whether both make the same transition into the state at {@code index}. */
    static boolean sameStep(long one, long other, int index) {
        return at(one, index) == at(other, index) && at(one, index - 1) == at(other, index - 1);
    }

    static TcpState state(int code) {
        return TcpState.values()[code - 1];
    }

    static String text(long path) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < length(path); i++) {
            text.add(state(at(path, i)).toString());
        }
        return text.toString();
    }
}
