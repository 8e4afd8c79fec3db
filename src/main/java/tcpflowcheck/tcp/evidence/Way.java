package tcpflowcheck.tcp.evidence;

/** What is known of the time from the tap to an end, and back. */
final class Way {
    /** A segment that passed the tap may be on its way for two round trips, and for this time. */
    private static final long SHORTEST_NANOS = 100_000_000L;

    private long longestNanos = SHORTEST_NANOS;
    private long answeredNanos = Sightings.ANSWER_NANOS;
    private long shortestNanos;

    /**
     * Learns what has been measured.
     *
     * @param roundTripNanos of the whole connection, 0 if it is not known
     * @param answerNanos how soon the end has answered what passed the tap, at best; 0 if that is not known
     */
    void learn(long roundTripNanos, long answerNanos) {
        longestNanos = Math.max(2 * roundTripNanos, SHORTEST_NANOS);
        answeredNanos = roundTripNanos + Sightings.ANSWER_NANOS;
        shortestNanos = answerNanos / 2;
    }

    /** What answers a segment comes within this time. */
    long answeredNanos() {
        return answeredNanos;
    }

    /** What passed longer ago than this is there, or lost. */
    long longestNanos() {
        return longestNanos;
    }

    /** What passed since then has hardly been there and back. */
    long shortestNanos() {
        return shortestNanos;
    }
}
