package tcpflowcheck.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;

/**
 * Prints how the tool does in some worlds: {@code ModelReport [--list N] [--show VERDICT,...] WORLD...},
 * or in one capture alone: {@code ModelReport --word 'C S 0 | S S. 0 a1' WORLD...}. A world's name
 * may carry a number of frames: {@code fault1@8}. Without a world it prints their names.
 */
final class ModelReport {
    /** What is listed where nothing is asked for. */
    private static final Set<Verdict> LISTED =
            EnumSet.of(Verdict.IMPOSSIBLE, Verdict.UNPROVABLE, Verdict.NO_MEMBER, Verdict.WITHHELD, Verdict.NEEDLESS);

    private ModelReport() {}

    public static void main(String[] arguments) {
        int list = 5;
        Set<Verdict> shown = LISTED;
        char[] word = null;
        List<World> worlds = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--list" -> list = Integer.parseInt(arguments[++i]);
                case "--show" -> {
                    shown = EnumSet.noneOf(Verdict.class);
                    for (String name : arguments[++i].split(",")) {
                        shown.add(Verdict.valueOf(name));
                    }
                }
                case "--word" -> word = Segments.word(arguments[++i]);
                default -> worlds.add(World.named(arguments[i]));
            }
        }
        if (worlds.isEmpty()) {
            World.all().forEach(System.out::println);
        }
        for (World world : worlds) {
            if (word == null) {
                print(world, list, shown);
            } else {
                explain(world, word);
            }
        }
    }

    /** Prints what is told of one capture, and what can have made it. */
    private static void explain(World world, char[] word) {
        System.out.println(world.name() + ": " + Segments.text(word, word.length));
        Exhaustion.follow(world, word, (each, length, cut, quiescent) -> {
            if (length == word.length) {
                explain(world, word, cut, Tally.Variant.CUT);
                explain(world, word, quiescent, Tally.Variant.QUIESCENT);
            }
        });
    }

    private static void explain(World world, char[] word, TruePaths truth, Tally.Variant variant) {
        if (truth.size() == 0) {
            System.out.println("  " + variant + ": not possible");
            return;
        }
        boolean silence = variant == Tally.Variant.QUIESCENT;
        Flow flow = new ToolRun().run(new char[][] {word}, 1, word.length, silence)[0];
        System.out.println("  " + variant + ", at least " + truth.leastCost() + " faults, open "
                + flow.connection().handshake().kind() + ", close "
                + flow.connection().closing().kind());
        for (Side side : Side.values()) {
            ToldPath told = ToldPath.of(flow, side);
            int end = ToolRun.end(flow, side);
            System.out.println("    " + side + ": " + new Judge(world).judge(told, truth, end, silence)
                    + "\n      told  " + told + "\n      true  " + truth.text(end));
        }
    }

    /** Judges the tool on a world and prints what comes of it. */
    static Tally print(World world, int list, Set<Verdict> shown) {
        long start = System.nanoTime();
        Tally tally = new Tally(world, list);
        Exhaustion exhaustion = new Exhaustion(world, tally).run();
        tally.finish();
        System.out.printf(
                "%s: %,d edges of histories, %,d states, %,d captures of up to %d frames, %.1f s%n",
                world.name(),
                exhaustion.edges(),
                exhaustion.states(),
                exhaustion.captures(),
                world.frames(),
                (System.nanoTime() - start) / 1e9);
        if (exhaustion.dropped() > 0) {
            System.out.printf("  %,d states given up, a leg was full%n", exhaustion.dropped());
        }
        System.out.printf(
                "  %-45s %,12d %,12d  (cut, quiescent)%n",
                "ends", tally.ends(Tally.Variant.CUT), tally.ends(Tally.Variant.QUIESCENT));
        for (Verdict verdict : Verdict.values()) {
            System.out.printf(
                    "  %-45s %,12d %,12d  %s%n",
                    verdict,
                    tally.count(Tally.Variant.CUT, verdict),
                    tally.count(Tally.Variant.QUIESCENT, verdict),
                    verdict.name());
        }
        System.out.printf("  in all: %,d wrong, %,d needlessly in doubt%n", tally.wrong(), tally.needless());
        System.out.printf(
                "  kinds of close contradicted %,d, of opening %,d; captures split into flows %,d%n",
                tally.closeKinds(), tally.openingKinds(), tally.split());
        for (Verdict verdict : shown) {
            list(verdict.toString(), tally.examples(verdict));
        }
        list("kinds contradicted", tally.contradictions());
        return tally;
    }

    private static void list(String title, List<String> examples) {
        if (!examples.isEmpty()) {
            System.out.println("-- " + title);
            examples.forEach(each -> System.out.println("  " + each));
        }
    }
}
