package tcpflowcheck.model;

/** What becomes of one end of one capture, the worst first; an end is counted once, by the worst that holds. */
enum Verdict {
    /** No possible path has all transitions that are said for sure. */
    IMPOSSIBLE("impossible and sure"),
    /** A transition is said for sure that another path, with no more faults than are needed, lacks. */
    UNPROVABLE("not provable and sure"),
    /** Nothing sure is wrong, but the printed path is not possible. */
    NO_MEMBER("printed path not possible"),
    /** The printed path stops before a transition that all possible paths have. */
    WITHHELD("provable and not said"),
    /** A transition is in doubt that all possible paths have. */
    NEEDLESS("needless doubt"),
    /** The same, but the capture takes all faults that the world allows: one more may be the reason. */
    NEEDLESS_AT_BOUND("needless doubt at the bound"),
    /** The same, and it is the third ACK in silence, which nothing repairs where the accept queue is full. */
    SILENT_THIRD_ACK("third ACK in silence in doubt"),
    /** A path that all possible histories with the fewest faults contradict; in doubt. */
    UNLIKELY("printed path needs more faults, in doubt"),
    /** Sure, and only a path with more faults than are needed differs: the documented assumption. */
    ASSUMED("sure by fewest faults"),
    /** In doubt, and only a path with more faults than are needed differs. */
    CAUTIOUS("in doubt though fewest faults agree"),
    /** Possible, and in doubt with reason. */
    DOUBTED("in doubt with reason"),
    /** Possible, all sure, all proven. */
    SURE("right and sure");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** Never allowed. */
    boolean isWrong() {
        return compareTo(NO_MEMBER) <= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
