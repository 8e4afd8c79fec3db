package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * Whether a SYN with another number than the one before it is of a new opening, or of the one that is there. Who closes in
 * SYN-SENT and opens again from the same port has a new socket, and so a new number at once or whenever it likes; a stack
 * or a device that changes the number of a SYN does it where the SYN's timer has run out (RFC 6298), and with the same
 * options.
 */
final class Reopening {
    /** Of the time-out: a clock may be coarse. */
    private static final double EARLY = 0.9;

    /** The longest step between time-outs of a SYN, as 4.4BSD had it: 6 s, 24 s. */
    private static final double LATE = 4.5;

    private static final long LATE_FIRST_NANOS = 7_000_000_000L;

    /** Of two numbers from one clock the times of the capture may be off by so much, if they are far apart. */
    private static final long CLOCK_JITTER_NANOS = 100_000_000;

    /** What Linux counts initial sequence numbers by. */
    private static final int ISN_TICK_NANOS = 64;

    private static final int NANOS_OF_MILLI = 1_000_000;

    /** Timestamps tick once a millisecond at most (RFC 7323, section 5.4). */
    private static final long TICKS_OFF = 1000;

    /** What answers an old duplicate is rejected, and then the SYN comes for the second time, if not before. */
    private static final long SYN_AGAIN_NANOS = 1_500_000_000L;

    private Reopening() {}

    /** Judges a SYN of {@code sender} behind one with another number that nothing has answered. */
    static boolean isNew(Connection connection, Endpoint sender, TcpSegment syn) {
        long since = syn.time() - connection.handshake().lastSynTime();
        long repair = connection.sightings().repairNanos(sender.side());
        boolean early = since < EARLY * connection.timeoutNanos(sender.side());
        boolean late = since > (repair == 0 ? LATE_FIRST_NANOS : LATE * repair);
        return early || late || isOfOtherSocket(connection, sender, syn);
    }

    /**
     * Whether an opening that an RST has ended goes on with a SYN whose number is ahead (RFC 9293, Figure 8): what had been
     * answered was an old duplicate, the RST rejected the answer, and this is the SYN that was meant.
     */
    static boolean goesOn(Connection connection, Endpoint sender, TcpSegment syn) {
        Reset reset = connection.reset();
        return reset != null
                && reset.kind() == Reset.Kind.ABANDONED_OPEN
                && reset.by() == sender.side()
                && sender.peer().state() == TcpState.LISTEN
                && syn.time() - reset.time() <= SYN_AGAIN_NANOS
                && !syn.isFin()
                && SeqNumber.gt(syn.seq(), sender.iss())
                && !isOfOtherSocket(connection, sender, syn);
    }

    /** Its options are others, its timestamp is of another clock, or its number was drawn as much later as it comes. */
    private static boolean isOfOtherSocket(Connection connection, Endpoint sender, TcpSegment syn) {
        long since = syn.time() - connection.handshake().firstSynTime();
        long sinceFirst = syn.time() - connection.handshake().steps().time(0);
        return !hasSameOptions(sender.options(), syn)
                || isOfOtherClock(sender, syn, sinceFirst)
                || isClocked(sender, syn, since);
    }

    private static boolean hasSameOptions(SentOptions before, TcpSegment syn) {
        return before.mss() == syn.options().mss()
                && before.windowShift() == syn.options().windowShift()
                && before.sackPermitted() == syn.options().sackPermitted()
                && before.timestamps() == syn.options().timestamps();
    }

    private static boolean isOfOtherClock(Endpoint sender, TcpSegment syn, long sinceFirst) {
        Traffic traffic = sender.traffic();
        if (!traffic.lastTsValKnown() || !syn.options().timestamps()) {
            return false;
        }
        int ticks = syn.options().tsVal() - traffic.lastTsVal();
        long millis = sinceFirst / NANOS_OF_MILLI;
        return ticks < 0 || ticks > millis + millis / 10 + TICKS_OFF;
    }

    /** RFC 6528, section 3: a clock goes into the number, and all else is the same for the same addresses and ports. */
    private static boolean isClocked(Endpoint sender, TcpSegment syn, long since) {
        long jitter = Math.min(CLOCK_JITTER_NANOS, since / 4);
        int off = syn.seq() - sender.iss() - (int) (since / ISN_TICK_NANOS);
        return Math.abs((long) off) <= jitter / ISN_TICK_NANOS;
    }
}
