package tcpflowcheck.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;

/** Judges the tool on each capture of a world, counts, and keeps the first of each kind of verdict. */
final class Tally implements Exhaustion.Visitor {
    /** The two ways a capture ends. */
    enum Variant {
        CUT,
        QUIESCENT;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Judge judge;
    /** Kinds do not tell how a connection went that was lost without a segment. */
    private final boolean kindsToo;

    private final ToolRun tool = new ToolRun();
    private final Map<Variant, Map<Integer, Batch>> batches = new EnumMap<>(
            Map.of(Variant.CUT, new TreeMap<Integer, Batch>(), Variant.QUIESCENT, new TreeMap<Integer, Batch>()));
    private final int kept;
    private final long[][] ends = new long[Variant.values().length][Verdict.values().length];
    private final Map<Verdict, List<String>> examples = new EnumMap<>(Verdict.class);
    private final List<String> contradictions = new ArrayList<>();
    private long closeKinds;
    private long openingKinds;
    private long split;

    /** With how many examples of each verdict it keeps. */
    Tally(World world, int kept) {
        judge = new Judge(world);
        kindsToo = world.lost() == 0;
        this.kept = kept;
    }

    @Override
    public void capture(char[] word, int length, TruePaths cut, TruePaths quiescent) {
        add(word, length, cut, Variant.CUT);
        if (quiescent.size() > 0) {
            add(word, length, quiescent, Variant.QUIESCENT);
        }
    }

    private void add(char[] word, int length, TruePaths truth, Variant variant) {
        Batch batch = batches.get(variant).computeIfAbsent(length, Batch::new);
        batch.add(word, truth);
        if (batch.isFull()) {
            judge(batch, variant);
        }
    }

    /** All captures have been told: judges those that still wait. */
    Tally finish() {
        batches.forEach((variant, each) -> each.values().forEach(batch -> judge(batch, variant)));
        return this;
    }

    private void judge(Batch batch, Variant variant) {
        Flow[] flows = tool.run(batch.words, batch.size, batch.length, variant == Variant.QUIESCENT);
        for (int i = 0; i < batch.size; i++) {
            split += tool.flows(i) == 1 ? 0 : 1;
            judge(flows[i], batch.words[i], batch.length, batch.truths[i], variant);
        }
        batch.size = 0;
    }

    private void judge(Flow flow, char[] word, int length, TruePaths truth, Variant variant) {
        for (Side side : Side.values()) {
            int end = ToolRun.end(flow, side);
            ToldPath told = ToldPath.of(flow, side);
            Verdict verdict = judge.judge(told, truth, end, variant == Variant.QUIESCENT);
            ends[variant.ordinal()][verdict.ordinal()]++;
            List<String> list = examples.computeIfAbsent(verdict, key -> new ArrayList<>());
            if (list.size() < kept && verdict != Verdict.SURE) {
                list.add(variant + " " + side + "\t" + Segments.text(word, length) + "\n    told  " + told
                        + "\n    true  " + truth.text(end));
            }
        }
        if (kindsToo) {
            kinds(flow, word, length, truth, variant);
        }
    }

    private void kinds(Flow flow, char[] word, int length, TruePaths truth, Variant variant) {
        boolean rstSeen = false;
        for (int i = 0; i < length; i++) {
            rstSeen |= Segments.has(word[i], Segments.RST);
        }
        boolean close = Kinds.contradictsClose(flow, truth, rstSeen);
        boolean opening = Kinds.contradictsOpening(flow, truth);
        closeKinds += close ? 1 : 0;
        openingKinds += opening ? 1 : 0;
        if ((close || opening) && contradictions.size() < kept) {
            String said = close
                    ? "close " + flow.connection().closing().kind() + " by "
                            + flow.connection().closing().by()
                    : "open " + flow.connection().handshake().kind();
            contradictions.add(variant + " " + said + "\t" + Segments.text(word, length) + "\n    client "
                    + truth.text(0) + "\n    server " + truth.text(1));
        }
    }

    long count(Variant variant, Verdict verdict) {
        return ends[variant.ordinal()][verdict.ordinal()];
    }

    /** Of both variants. */
    long count(Verdict verdict) {
        return count(Variant.CUT, verdict) + count(Variant.QUIESCENT, verdict);
    }

    long ends(Variant variant) {
        long all = 0;
        for (long each : ends[variant.ordinal()]) {
            all += each;
        }
        return all;
    }

    /** Ends of which something is told that is not so, or not proven and sure. */
    long wrong() {
        long wrong = 0;
        for (Verdict verdict : Verdict.values()) {
            wrong += verdict.isWrong() ? count(verdict) : 0;
        }
        return wrong;
    }

    /** Ends of which something is in doubt, or not told, that is proven. */
    long needless() {
        return count(Verdict.WITHHELD) + count(Verdict.NEEDLESS) + count(Verdict.NEEDLESS_AT_BOUND);
    }

    /** Captures whose close is told for sure of a kind that the true paths contradict. */
    long closeKinds() {
        return closeKinds;
    }

    /** The same of the opening. */
    long openingKinds() {
        return openingKinds;
    }

    /** Captures of which the tool made more than one flow. */
    long split() {
        return split;
    }

    List<String> examples(Verdict verdict) {
        return examples.getOrDefault(verdict, List.of());
    }

    List<String> contradictions() {
        return contradictions;
    }
}
