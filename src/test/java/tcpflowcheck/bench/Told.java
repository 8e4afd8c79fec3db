package tcpflowcheck.bench;

/** What a load holds: how many connections end in which way, and how many of them send text again. */
final class Told {
    private final int[] ends = new int[Script.Close.values().length];
    private int connections;
    private int repeating;

    void began(Script script) {
        connections++;
        ends[script.how().ordinal()]++;
        repeating += script.repeats() ? 1 : 0;
    }

    int ending(Script.Close how) {
        return ends[how.ordinal()];
    }

    int opened() {
        return connections - ending(Script.Close.REFUSED);
    }

    int repeating() {
        return repeating;
    }

    @Override
    public String toString() {
        return connections + " connections: " + opened() + " three-way, " + ending(Script.Close.REFUSED) + " refused; "
                + ending(Script.Close.FOUR) + " four-segment, " + ending(Script.Close.THREE) + " three-segment, "
                + ending(Script.Close.RESET) + " reset, " + ending(Script.Close.OPEN) + " open; " + repeating
                + " with a retransmission";
    }
}
