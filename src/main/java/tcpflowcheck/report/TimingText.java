package tcpflowcheck.report;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Timing;

/**
 * Where a connection's time went, as a line: {@code time    connect 36 us, first octet 3.002 s, transfer 1.2 ms, close
 * 41 ms}. Where no text passed there is none: the opening and the close tell their times themselves.
 */
final class TimingText {
    /** What is shorter is no silence that anybody looks for. */
    private static final long LEAST_SILENCE_NANOS = Connection.FIRST_TIMEOUT_NANOS;

    private TimingText() {}

    static void append(TextBuffer out, Style style, Timing timing) {
        boolean silent = timing.longestSilenceNanos() >= LEAST_SILENCE_NANOS;
        if (timing.transferNanos() < 0 || (timing.firstOctetNanos() < 0 && timing.transferNanos() == 0 && !silent)) {
            return;
        }
        FlowHeader.label(out, style, Style.Role.DIM, "time");
        boolean first = part(out, true, "connect ", timing.connectNanos());
        first = part(out, first, "request ", notZero(timing.requestNanos()));
        first = part(out, first, "first octet ", timing.firstOctetNanos());
        first = part(out, first, "transfer ", notZero(timing.transferNanos()));
        first = part(out, first, "close ", timing.closeNanos());
        if (silent) {
            Amount.duration(out.append(first ? "silent " : "; silent "), timing.longestSilenceNanos());
            out.append(" before frame ").decimal(timing.silenceFrame());
        }
        out.append('\n');
    }

    /** Where a request begins with the opening, or an answer is a single segment, there is nothing to tell. */
    private static long notZero(long nanos) {
        return nanos == 0 ? -1 : nanos;
    }

    private static boolean part(TextBuffer out, boolean first, String name, long nanos) {
        if (nanos < 0) {
            return first;
        }
        Amount.duration(out.append(first ? "" : ", ").append(name), nanos);
        return false;
    }
}
