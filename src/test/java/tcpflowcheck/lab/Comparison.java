package tcpflowcheck.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tcpflowcheck.api.Captures;
import tcpflowcheck.api.Endpoint;
import tcpflowcheck.api.Flow;
import tcpflowcheck.api.Side;
import tcpflowcheck.api.State;

/** Our state paths of a capture beside the kernel's, connection by connection, both ends. */
final class Comparison {
    /** How one end compares. */
    enum Verdict {
        /** The same states in the same order. TIME-WAIT is CLOSED there and then: the kernel's socket ends with it. */
        EQUAL,
        /** The same, but the kernel ended a socket by itself and nothing of it is in the capture. */
        UNTOLD,
        /** The same as far as it goes: what made the kernel go on has not passed the tap. */
        BEHIND,
        /** Another path, and the first transition of ours that differs is marked as not certain. */
        UNCERTAIN,
        /** Another path, said with certainty, or no such flow. */
        WRONG
    }

    /** Given: one end of one connection. */
    record End(String connection, Side side, Verdict verdict, List<String> ours, List<String> kernels) {
        @Override
        public String toString() {
            return verdict + " " + connection + " " + side + "\n  ours   " + ours + "\n  kernel " + kernels;
        }
    }

    private Comparison() {}

    static List<End> of(Path capture, Path truth) {
        Map<String, Deque<Flow>> flows = new HashMap<>();
        for (Flow flow : Captures.read(capture)) {
            flows.computeIfAbsent(ends(flow), ends -> new ArrayDeque<>()).add(flow);
        }
        List<End> compared = new ArrayList<>();
        List<KernelRecord> records = KernelRecord.read(truth);
        for (KernelRecord record : records) {
            Flow flow = firstBefore(nextBegin(records, record), flows.get(record.ends()));
            if (flow == null) {
                flow = firstBefore(nextBegin(records, record), flows.get(record.endsTurned()));
            }
            boolean asIs = flow != null && ends(flow).equals(record.ends());
            if (!record.isPlayedByAnother("client", capture)) {
                compared.add(compare(record, flow, asIs ? Side.CLIENT : Side.SERVER, record.clientPath()));
            }
            if (!record.isPlayedByAnother("server", capture)) {
                compared.add(compare(record, flow, asIs ? Side.SERVER : Side.CLIENT, record.serverPath()));
            }
        }
        flows.forEach((ends, left) -> left.forEach(flow -> compared.add(new End(
                ends + " stream " + flow.stream(), Side.CLIENT, Verdict.WRONG, path(flow, Side.CLIENT), List.of()))));
        return compared;
    }

    /** When the same ends begin their next connection: flows from then on are of that one. */
    private static long nextBegin(List<KernelRecord> records, KernelRecord record) {
        return records.stream()
                .filter(other -> other.ends().equals(record.ends()) && other.begin() > record.begin())
                .mapToLong(KernelRecord::begin)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static Flow firstBefore(long time, Deque<Flow> flows) {
        return flows == null || flows.isEmpty() || flows.peek().start() >= time ? null : flows.poll();
    }

    /** A flow of which nothing passed the tap is behind from the start. */
    private static End compare(KernelRecord record, Flow flow, Side side, List<String> kernels) {
        if (flow == null) {
            return new End(record.ends(), side, Verdict.BEHIND, List.of(), kernels);
        }
        List<String> ours = path(flow, side);
        return new End(
                record.ends() + " stream " + flow.stream(), side, verdict(flow, side, ours, kernels), ours, kernels);
    }

    private static Verdict verdict(Flow flow, Side side, List<String> ours, List<String> kernels) {
        List<String> here = closed(ours);
        List<String> there = closed(kernels);
        if (here.equals(there)) {
            return Verdict.EQUAL;
        }
        int last = there.size() - 1;
        if (there.get(last).equals("CLOSED") && here.equals(there.subList(0, last))) {
            return Verdict.UNTOLD;
        }
        int same = 0;
        while (same < here.size() && same < there.size() && here.get(same).equals(there.get(same))) {
            same++;
        }
        if (same == here.size()) {
            return Verdict.BEHIND;
        }
        return uncertain(flow, side, same) ? Verdict.UNCERTAIN : Verdict.WRONG;
    }

    private static List<String> closed(List<String> path) {
        List<String> closed = new ArrayList<>(path);
        closed.replaceAll(state -> state.equals("TIME-WAIT") ? "CLOSED" : state);
        int last = closed.size() - 1;
        if (last > 0
                && closed.get(last).equals("CLOSED")
                && closed.get(last - 1).equals("CLOSED")) {
            closed.remove(last);
        }
        return closed;
    }

    /** Whether the transition into the state at {@code index} of the path is marked. */
    private static boolean uncertain(Flow flow, Side side, int index) {
        int at = 0;
        for (Object each : (List<?>) flow.value("transitions")) {
            Map<?, ?> transition = (Map<?, ?>) each;
            boolean here = transition.get("side").equals(side.toString());
            if (here && transition.get("revised").equals(false) && ++at == index) {
                return transition.get("certain").equals(false);
            }
        }
        return false;
    }

    private static List<String> path(Flow flow, Side side) {
        return flow.states(side).stream().map(State::toString).toList();
    }

    private static String ends(Flow flow) {
        return end(flow.client()) + " > " + end(flow.server());
    }

    private static String end(Endpoint end) {
        return end.address() + "." + end.port();
    }

    /** Compares every capture of a folder that has a truth beside it; prints what is not equal, and the counts. */
    public static void main(String[] folders) throws IOException {
        int[] counts = new int[Verdict.values().length];
        for (String folder : folders) {
            for (Sample sample : Sample.in(Path.of(folder))) {
                for (End end : of(sample.capture(), sample.truth())) {
                    counts[end.verdict().ordinal()]++;
                    if (end.verdict().compareTo(Verdict.UNTOLD) > 0) {
                        System.out.println(sample.capture() + ": " + end);
                    }
                }
            }
        }
        for (Verdict verdict : Verdict.values()) {
            System.out.println(verdict + " " + counts[verdict.ordinal()]);
        }
    }
}
