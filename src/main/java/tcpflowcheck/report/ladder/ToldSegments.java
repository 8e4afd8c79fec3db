package tcpflowcheck.report.ladder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/**
 * Kept with a flow while it lives: which of its segments are told one by one, those that meant something. Of segments that
 * were only found fault with, and of all others, so many are; then they are counted, so that memory does not follow a flow's
 * length.
 */
public final class ToldSegments {
    /** Segments told, of each of the two sorts. */
    private static final int MOST = 200;

    /** Segments with nothing but findings that are told for one rule. */
    private static final int OF_A_RULE = 5;

    private static final int RULES = Rule.values().length;

    private int findings;

    /** How often each rule was shown in a segment with nothing but findings; null until there is one. */
    private byte @Nullable [] shown;

    private int others;

    /** Whether the next segment is told. */
    public boolean isNext(TcpSegment segment, List<TcpEvent> events) {
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST);
        if (!control && events.isEmpty()) {
            return false;
        }
        if (control || !onlyFindings(events)) {
            return others++ < MOST;
        }
        return isNews(events) && findings++ < MOST;
    }

    /** Whether the next ICMP error is told; one that says what was said often is counted by what was found. */
    public boolean isNext(List<TcpEvent> events) {
        return !onlyFindings(events) || isNews(events);
    }

    /** Whether one of the rules has not been shown often yet. */
    private boolean isNews(List<TcpEvent> events) {
        shown = shown == null ? new byte[RULES] : shown;
        boolean news = false;
        for (int i = 0; i < events.size(); i++) {
            int rule = ((TcpEvent.Found) events.get(i)).rule().ordinal();
            if (shown[rule] < OF_A_RULE) {
                shown[rule]++;
                news = true;
            }
        }
        return news;
    }

    private static boolean onlyFindings(List<TcpEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i) instanceof TcpEvent.Found)) {
                return false;
            }
        }
        return true;
    }
}
