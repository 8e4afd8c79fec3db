package tcpflowcheck.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken for a command in a page, and what for what it prints. */
class PageTest {
    private static Page page(String text) {
        return new Page(Path.of("x.md"), text.lines().toList());
    }

    @Test
    void indentedAndFencedBlocksHoldCommands() {
        Page page = page("""
                Text with $ ./tcpflow-check no-command.pcap

                    $ ./tcpflow-check a.pcap
                    one

                      two

                and `$ none`:

                ```sh
                $ ./tcpflow-check b.pcap \\
                      | head -1
                three
                $ echo $?
                0
                ```

                    ./tcpflow-check c.pcap
                    mvn verify
                    tcpflow-check -i eth0    what passes there
                """);
        assertThat(page.commands())
                .extracting(Page.Command::text)
                .containsExactly(
                        "./tcpflow-check a.pcap",
                        "./tcpflow-check b.pcap | head -1",
                        "echo $?",
                        "./tcpflow-check c.pcap");
        assertThat(page.commands())
                .extracting(Page.Command::shown)
                .containsExactly(List.of("one", "", "  two"), List.of("three"), List.of("0"), List.of());
        assertThat(page.commands().get(1).line()).isEqualTo(11);
        assertThat(page.recipes()).containsExactly("tcpflow-check -i eth0");
    }

    @Test
    void thePageIsRenewedInPlace() {
        Page page = page("    $ ./tcpflow-check a.pcap\n    old\n\nText.\n\n    $ ./tcpflow-check b.pcap\n    same\n");
        assertThat(page.with(Arrays.asList(List.of("new", "", "lines"), null)))
                .containsExactly(
                        "    $ ./tcpflow-check a.pcap",
                        "    new",
                        "",
                        "    lines",
                        "",
                        "Text.",
                        "",
                        "    $ ./tcpflow-check b.pcap",
                        "    same");
    }

    @Test
    void aPageMaySayWhichWidthItLeavesOut() {
        assertThat(page("to fit, `--width 90` is left out").width()).isEqualTo(90);
        assertThat(page("`--width 90` fits").width()).isZero();
    }

    @Test
    void wordsAreTheShells() {
        assertThat(ShellWords.pipe("a --only 'x>1 y' \"b c\"|d ''  # why"))
                .containsExactly(List.of("a", "--only", "x>1 y", "b c"), List.of("d", ""));
        assertThat(ShellWords.pipe("a > b")).isNull();
        assertThat(ShellWords.pipe("a; b")).isNull();
        assertThat(ShellWords.pipe("a \"$b\"")).isNull();
    }
}
