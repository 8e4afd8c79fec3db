package tcpflowcheck.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Given: what may happen in a bounded world.
 *
 * @param frames captured at most
 * @param faults losses, duplicates and swaps on any leg, at most
 * @param spurious retransmissions at most of what is not lost; those of what is lost are not bounded
 * @param clientOctets which the first end may send, one to a segment
 * @param serverOctets which the second end may send
 * @param aborts at most, of both ends together
 * @param lost connections that end without a segment, at most (USER TIMEOUT, RFC 9293, section 3.10.8; a restart)
 * @param second what the second end may do at the start beside listening
 * @param choices further choices that its ends have
 */
record World(
        String name,
        int frames,
        int faults,
        int spurious,
        int clientOctets,
        int serverOctets,
        int aborts,
        int lost,
        Second second,
        Choices choices) {
    /** The second end's part; that it listens is always possible too. */
    enum Second {
        /** A passive OPEN: LISTEN. */
        LISTENS,
        /** CLOSED, and may open actively at any moment. */
        OPENS,
        /** CLOSED for good. */
        REFUSES
    }

    /**
     * Given: choices that not every world has.
     *
     * @param bareAborts an abort may be a bare RST (RFC 9293, section 3.10.5)
     * @param ackedAborts an abort may be RST,ACK (stacks in use)
     * @param textWithFin an octet may travel on the FIN
     * @param queuedFin CLOSE may come while text is not acknowledged, and the FIN waits for that
     * @param closeInSynReceived CLOSE sends a FIN in SYN-RECEIVED
     * @param strict ends may be strict where Linux is not; else both are Linux
     */
    record Choices(
            boolean bareAborts,
            boolean ackedAborts,
            boolean textWithFin,
            boolean queuedFin,
            boolean closeInSynReceived,
            boolean strict) {
        static final Choices USUAL = new Choices(true, true, false, false, false, true);
        static final Choices TEXT_WITH_FIN = new Choices(true, true, true, false, false, true);
        static final Choices QUEUED_FIN = new Choices(true, true, false, true, false, true);

        Choices linux() {
            return new Choices(bareAborts, ackedAborts, textWithFin, queuedFin, closeInSynReceived, false);
        }
    }

    private static World of(String name, int frames, int faults, int spurious, int octets, int aborts) {
        return new World(name, frames, faults, spurious, octets, octets, aborts, 0, Second.LISTENS, Choices.USUAL);
    }

    private World as(Second part) {
        return new World(name, frames, faults, spurious, clientOctets, serverOctets, aborts, lost, part, choices);
    }

    private World losing(int connections) {
        return new World(
                name, frames, faults, spurious, clientOctets, serverOctets, aborts, connections, second, choices);
    }

    private World with(Choices others) {
        return new World(name, frames, faults, spurious, clientOctets, serverOctets, aborts, lost, second, others);
    }

    World to(int most) {
        return new World(name, most, faults, spurious, clientOctets, serverOctets, aborts, lost, second, choices);
    }

    /** All worlds by name, the smaller ones first. */
    static List<World> all() {
        List<World> all = new ArrayList<>();
        //                frames faults spurious octets aborts
        all.add(of("clean", 12, 0, 0, 0, 0));
        all.add(of("clean-octet", 14, 0, 0, 1, 0));
        all.add(of("refused", 8, 0, 0, 0, 0).as(Second.REFUSES));
        all.add(of("refused1", 8, 1, 0, 0, 0).as(Second.REFUSES));
        all.add(of("abort", 12, 0, 0, 0, 1));
        all.add(of("abort2", 12, 0, 0, 0, 2));
        all.add(of("abort-octet", 12, 0, 0, 1, 1));
        all.add(of("lost", 12, 0, 0, 0, 0).losing(1));
        all.add(of("simultaneous", 10, 0, 0, 0, 0).as(Second.OPENS));
        all.add(of("simultaneous1", 9, 1, 0, 0, 0).as(Second.OPENS));
        all.add(of("simultaneous-abort", 9, 0, 0, 0, 1).as(Second.OPENS));
        all.add(of("spur1", 10, 0, 1, 0, 0));
        all.add(of("spur1-octet", 10, 0, 1, 1, 0));
        all.add(of("fault1", 10, 1, 0, 0, 0));
        all.add(of("fault1-octet", 9, 1, 0, 1, 0));
        all.add(of("text-with-fin", 9, 0, 0, 1, 0).with(Choices.TEXT_WITH_FIN));
        all.add(of("fault1-spur1", 9, 1, 1, 0, 0));
        all.add(of("abort1", 9, 1, 0, 0, 1));
        all.add(of("queued", 10, 0, 0, 1, 0).with(Choices.QUEUED_FIN));
        all.add(of("fault2", 9, 2, 0, 0, 0));
        all.add(of("fault2-spur1", 8, 2, 1, 0, 0));
        all.add(of("abort2-fault2", 7, 2, 0, 0, 2));
        return all;
    }

    /** A world by its name, maybe with a number of frames and a kind of stack: {@code fault1@8/linux}. */
    static World named(String name) {
        String[] words = name.split("[@/]");
        World found = all().stream()
                .filter(each -> each.name.equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no world " + name + "; there are "
                        + all().stream().map(World::name).toList()));
        for (int i = 1; i < words.length; i++) {
            found = words[i].equals("linux") ? found.with(found.choices.linux()) : found.to(Integer.parseInt(words[i]));
        }
        return found;
    }
}
