package tcpflowcheck.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.report.Summary;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;

/** The summary of all captures, put together from what tasks counted. It grows until all have. */
final class Totals {
    private final Map<String, Object> counts;
    private final List<Found> found = new ArrayList<>();
    private final List<Crowd.Named> named = new ArrayList<>();
    private final Map<Rule, Long> crowds = new EnumMap<>(Rule.class);
    private final RuleSetSource ignored;
    private final List<String> comments = new ArrayList<>();
    /** By interfaces that say so; what one says later in its file stands for what it said before. */
    private final Map<Interface, long[]> dropped = new HashMap<>();

    /** The last piece that gave a frame. */
    private Account before;

    private boolean complete = true;
    private long cut;
    private Place last = Place.FIRST;

    private record Interface(int file, long number) {}

    /** Where the rules that are not told come from. */
    interface RuleSetSource {
        RuleSet get();
    }

    Totals(FlowChoice only, RuleSetSource ignored) {
        counts = Deal.counts(new Summary(new ForeignText(""), only));
        this.ignored = ignored;
    }

    /** Pieces of a file are added in their order. */
    void add(Account account) {
        add(new Part(account.counts(), account.found()));
        complete &= account.failure() == null;
        cut += account.cut() ? 1 : 0;
        last = account.frames() > 0 && account.last().compareTo(last) > 0 ? account.last() : last;
        comments.addAll(account.comments());
        seam(account);
        for (long[] each : account.dropped()) {
            dropped.put(new Interface(account.piece().file(), each[0]), each);
        }
    }

    /** The clock may go back from the last frame of a piece to the first of the next. */
    private void seam(Account account) {
        if (account.accepted() == 0) {
            return;
        }
        int file = account.piece().file();
        if (before != null
                && before.piece().file() == file
                && account.firstAcceptedTime() < before.lastAcceptedTime()) {
            found.add(new Found(Rule.CLOCK_BACKWARDS, 1, account.firstAccepted()));
        }
        before = account;
    }

    void add(Part part) {
        add(counts, part.counts());
        found.addAll(part.found());
    }

    void add(Crowd.Noticed noticed) {
        named.addAll(noticed.named());
        noticed.counts().forEach((rule, count) -> crowds.merge(rule, count, Long::sum));
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> to, Map<String, Object> more) {
        more.forEach((key, value) -> {
            if (key.equals("schema")) {
                return;
            }
            if (value instanceof Long number) {
                to.merge(key, number, (one, other) -> (Long) one + (Long) other);
            } else if (value instanceof Map<?, ?> map) {
                Object there = to.computeIfAbsent(key, none -> new LinkedHashMap<String, Object>());
                add((Map<String, Object>) there, (Map<String, Object>) map);
            }
        });
    }

    /**
     * The summary's object.
     *
     * @param who the ends that show most of each rule
     */
    Map<String, Object> summary(String file, Map<Rule, List<Map<String, Object>>> who) {
        CaptureFindings all = new CaptureFindings(ignored.get());
        if (cut > 0) {
            found.add(new Found(Rule.CAPTURE_CUT, cut, last));
        }
        found.sort(Comparator.comparing(Found::first));
        for (int i = 0; i < found.size(); i++) {
            all.count(found.get(i).rule(), i + 1, found.get(i).count());
        }
        Map<String, Object> beside = new LinkedHashMap<>();
        all.counts().forEach((rule, count) -> beside.put(rule.toString(), count));
        crowds.forEach((rule, count) -> beside.put(rule.toString(), count));
        add(counts, Map.of("findings", beside));
        inOrder("handshakes", Handshake.Kind.values());
        inOrder("closes", Closing.Kind.values());
        inOrder("resets", Reset.Kind.values());
        inOrder("findings", Rule.values());
        inOrder("undecodable");
        counts.put("file", file);
        counts.put("complete", complete);
        Map<String, Object> ends = new LinkedHashMap<>();
        who.forEach((rule, most) -> ends.put(rule.toString(), most));
        counts.put("who", ends);
        counts.put("captureFindings", captureFindings(all));
        notes();
        return counts;
    }

    @SuppressWarnings("unchecked")
    private void inOrder(String key, Enum<?>... order) {
        Map<String, Object> there = (Map<String, Object>) counts.get(key);
        Map<String, Object> sorted = new LinkedHashMap<>();
        for (Enum<?> each : order) {
            if (there.containsKey(each.toString())) {
                sorted.put(each.toString(), there.get(each.toString()));
            }
        }
        there.keySet().stream().sorted().forEach(other -> sorted.putIfAbsent(other, there.get(other)));
        counts.put(key, sorted);
    }

    private List<Object> captureFindings(CaptureFindings all) {
        List<Object> list = new ArrayList<>();
        for (CaptureFinding each : all.list()) {
            Place first = found.get((int) each.firstFrame() - 1).first();
            list.add(object(each.rule(), each.severity().toString(), first, each.count(), each.message()));
        }
        named.sort(Comparator.comparing(Crowd.Named::rule).thenComparing(Crowd.Named::foundAt));
        Map<Rule, Integer> told = new EnumMap<>(Rule.class);
        for (Crowd.Named each : named) {
            if (told.merge(each.rule(), 1, Integer::sum) <= CaptureFindings.MAX_NAMED) {
                list.add(object(each.rule(), each.severity(), each.first(), each.count(), each.message()));
            }
        }
        return list;
    }

    private static Map<String, Object> object(Rule rule, String severity, Place first, long count, String message) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("rule", rule.toString());
        object.put("severity", severity);
        object.put("firstFrame", FrameNames.tree(first));
        object.put("count", count);
        object.put("message", message);
        return object;
    }

    private void notes() {
        Map<String, Object> lost = new LinkedHashMap<>();
        lost.put("kernel", dropped.values().stream().mapToLong(each -> each[1]).sum());
        lost.put(
                "interface",
                dropped.values().stream().mapToLong(each -> each[2]).sum());
        counts.put("dropped", dropped.isEmpty() ? null : lost);
        if (!comments.isEmpty()) {
            counts.put("comments", comments);
        }
    }
}
