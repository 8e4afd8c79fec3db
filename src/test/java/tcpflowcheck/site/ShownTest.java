package tcpflowcheck.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page shows against what is printed. */
class ShownTest {
    private static final List<String> PRINTED = List.of("stream 0", "  open", "", "  1 S", "  2 S.", "1 flow");

    private static boolean shows(String... lines) {
        return Shown.matches(List.of(lines), PRINTED);
    }

    @Test
    void allOfItIsShownOrLeftOut() {
        assertThat(shows("stream 0", "  open", "", "  1 S", "  2 S.", "1 flow")).isTrue();
        assertThat(shows("stream 0", "...")).isTrue();
        assertThat(shows("...", "1 flow")).isTrue();
        assertThat(shows("stream 0", "...", "  1 S", "  ...", "1 flow")).isTrue();
    }

    @Test
    void nothingElseIs() {
        assertThat(shows("stream 0")).as("the rest is not said to be left out").isFalse();
        assertThat(shows("stream 0", "  close", "...")).isFalse();
        assertThat(shows("...", "  2 S.", "...", "  1 S", "..."))
                .as("the order")
                .isFalse();
        assertThat(shows("stream 0", "  open", "", "  1 S", "  2 S.", "1 flow", "..."))
                .as("nothing is left out")
                .isFalse();
        assertThat(shows("stream", "...")).as("half a line").isFalse();
    }

    @Test
    void whatIsRenewedIsCutAsBefore() {
        List<String> shown = List.of("stream 0", "  open  three-way", "...", "  2 S. win 1", "...");
        List<String> printed =
                List.of("stream 0", "  open  three-way in 1 ms", "  close none", "  1 S", "  2 S. win 2", "1 flow");
        List<String> renewed = Shown.renewed(shown, printed);
        assertThat(renewed).containsExactly("stream 0", "  open  three-way in 1 ms", "...", "  2 S. win 2", "...");
        assertThat(Shown.matches(renewed, printed)).isTrue();
    }

    @Test
    void whatIsNewIsShown() {
        assertThat(Shown.renewed(List.of("a", "c", "..."), List.of("a", "b", "c", "d")))
                .containsExactly("a", "b", "c", "...");
        assertThat(Shown.renewed(List.of("?"), PRINTED)).isEqualTo(PRINTED);
        assertThat(Shown.renewed(List.of("a", "b", "..."), List.of("a", "b"))).containsExactly("a", "b");
    }
}
