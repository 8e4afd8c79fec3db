package tcpflowcheck.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The segments of one connection, as words: who sends (c or s), the flags (P is text), and for text that is out of order
 * {@code !} (again), {@code +} (what follows the next text comes first), {@code <} (the text that was missing) and for an
 * ACK {@code ~} (with a SACK block of what came first).
 */
final class Script {
    enum Order {
        PLAIN,
        AGAIN,
        AHEAD,
        HOLE,
        SELECTIVE
    }

    /** How a connection ends. */
    enum Close {
        FOUR,
        THREE,
        RESET,
        REFUSED,
        OPEN
    }

    private static final String OPENING = "cS sSA cA cPA sPA sPA cA";
    private static final String[] REPEATED = {"cS sSA cA cPA cPA! sPA sPA cA", "cS sSA cA cPA sPA sPA sPA! cA"};
    private static final Script REFUSED = new Script("cS sRA", "", Close.REFUSED);
    private static final Script[][] MIXED = {
        {new Script(OPENING, "cFA sA sFA cA", Close.FOUR), new Script(OPENING, "sFA cA cFA sA", Close.FOUR)},
        {new Script(OPENING, "cFA sFA cA", Close.THREE), new Script(OPENING, "sFA cFA sA", Close.THREE)},
        {new Script(OPENING, "cRA", Close.RESET), new Script(OPENING, "sRA", Close.RESET)},
        {new Script(REPEATED[0], "cFA sA sFA cA", Close.FOUR), new Script(REPEATED[1], "sFA cFA sA", Close.THREE)},
    };

    static final Script AWKWARD = new Script("cS sSA cA cPA cPA! sA sPA+ cA~ sPA< cA", "", Close.OPEN);

    private final Close how;
    private final boolean repeats;
    private final int close;
    private final byte[] sides;
    private final int[] flags;
    private final Order[] orders;

    private Script(String opening, String closing, Close how) {
        this.how = how;
        repeats = opening.contains("!");
        close = opening.split(" ").length;
        List<String> words = new ArrayList<>(List.of(opening.split(" ")));
        if (!closing.isEmpty()) {
            words.addAll(List.of(closing.split(" ")));
        }
        sides = new byte[words.size()];
        flags = new int[words.size()];
        orders = new Order[words.size()];
        for (int i = 0; i < sides.length; i++) {
            String word = words.get(i);
            sides[i] = (byte) (word.charAt(0) == 'c' ? 0 : 1);
            orders[i] = Order.PLAIN;
            for (int at = 1; at < word.length(); at++) {
                int order = "!+<~".indexOf(word.charAt(at));
                if (order >= 0) {
                    orders[i] = Order.values()[1 + order];
                } else {
                    flags[i] |= 1 << "FSRPA".indexOf(word.charAt(at));
                }
            }
        }
    }

    /** Of 1,000: 50 refused, 100 reset, 10 with a retransmission, half of the rest closed in four segments, half in three. */
    static Script mixed(int drawn) {
        int part = (drawn >>> 8) % 1000;
        if (part < 50) {
            return REFUSED;
        }
        if (part < 160) {
            return MIXED[part < 150 ? 2 : 3][drawn & 1];
        }
        return closed(drawn);
    }

    static Script closed(int drawn) {
        return MIXED[drawn >>> 1 & 1][drawn & 1];
    }

    Close how() {
        return how;
    }

    boolean repeats() {
        return repeats;
    }

    int length() {
        return sides.length;
    }

    /** How many segments come before the close. */
    int close() {
        return close;
    }

    int side(int at) {
        return sides[at];
    }

    int flags(int at) {
        return flags[at];
    }

    Order order(int at) {
        return orders[at];
    }
}
