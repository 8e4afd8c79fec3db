package tcpflowcheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the tool says of all captures of bounded worlds, against all paths that can have made them: nothing wrong and sure,
 * no printed path that is not possible, no kind that the paths contradict, and no doubt where there is none.
 *
 * <p>The numbers are what is still not so. They may only fall, and all are to become 0 (needless doubts: at most one in a
 * hundred ends). {@code src/test/model/run fault1@9} lists the captures behind them.
 */
class ExhaustiveModelTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # world          | wrong | needless | kinds
            clean            |     0 |        0 |     0
            clean-octet@10   |     0 |       70 |     0
            text-with-fin@8  |     0 |       58 |     0
            simultaneous     |     0 |        0 |     0
            simultaneous1@7  |   606 |       18 |     1
            refused1@7       |    14 |       10 |     1
            abort            |    43 |       29 |     0
            spur1            |    12 |       52 |     0
            fault1           |    32 |       32 |     1
            fault1-octet@7   |   148 |      612 |    30
            fault1-spur1@8   |   181 |      487 |    27
            fault2@8         |   452 |      740 |    65
            abort1@8         |   985 |      957 |    38
            """)
    void nothingSureIsWrong(String world, long wrong, long needless, long kinds) {
        judge(world, wrong, needless, kinds);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # world              | wrong | needless | kinds
            abort2               |   141 |       95 |     0
            lost                 |    70 |      253 |     0
            spur1-octet          |   769 |     6649 |     0
            fault1-spur1         |   442 |      989 |    27
            fault1-octet         |  1977 |     6470 |    74
            fault2               |  1056 |     1237 |    74
            fault2-spur1@7       |   388 |     1141 |   277
            abort-octet          |  3746 |     2864 |     0
            abort1               |  2030 |     1537 |    38
            abort2-fault2@6      |  1814 |     2347 |   450
            simultaneous1        |  1368 |       60 |     1
            simultaneous-abort@7 |    63 |       37 |     0
            """)
    void nothingSureIsWrongInLargerWorlds(String world, long wrong, long needless, long kinds) {
        judge(world, wrong, needless, kinds);
    }

    private static void judge(String name, long wrong, long needless, long kinds) {
        Tally tally = new Tally(World.named(name), 3);
        Exhaustion all = new Exhaustion(World.named(name), tally).run();
        tally.finish();
        assertThat(all.captures()).isPositive();
        assertThat(all.dropped()).as("states given up in " + name).isZero();
        EnumSet<Verdict> wrongOnes = EnumSet.allOf(Verdict.class);
        wrongOnes.removeIf(verdict -> !verdict.isWrong());
        assertThat(tally.wrong())
                .as("%s: wrong, such as %s", name, examples(tally, wrongOnes))
                .isLessThanOrEqualTo(wrong);
        EnumSet<Verdict> doubts = EnumSet.of(Verdict.WITHHELD, Verdict.NEEDLESS, Verdict.NEEDLESS_AT_BOUND);
        assertThat(tally.needless())
                .as("%s: needlessly in doubt, such as %s", name, examples(tally, doubts))
                .isLessThanOrEqualTo(needless);
        assertThat(tally.closeKinds() + tally.openingKinds())
                .as("%s: kinds contradicted, such as %s", name, tally.contradictions())
                .isLessThanOrEqualTo(kinds);
    }

    private static String examples(Tally tally, EnumSet<Verdict> verdicts) {
        StringBuilder text = new StringBuilder();
        for (Verdict verdict : verdicts) {
            tally.examples(verdict)
                    .forEach(each ->
                            text.append("\n  ").append(verdict).append(": ").append(each));
        }
        return text.toString();
    }
}
