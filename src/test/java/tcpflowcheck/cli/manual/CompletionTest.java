package tcpflowcheck.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.golden.Run;

/** The completions in the shells that they are for: keys are typed, and the command that comes out shows its words. */
@Timeout(180)
class CompletionTest {
    /** What is typed, a tabulator as |, and the words that the program gets. */
    private static final List<String[]> TYPED = List.of(
            new String[] {"--recu|x", "<--recursive><x>"},
            new String[] {"--view flo|x", "<--view><flows><x>"},
            new String[] {"--view=lad|", "<--view=ladder>"},
            new String[] {"--format cs|", "<--format><csv>"},
            new String[] {"--explain reset-susp|", "<--explain><reset-suspect>"},
            new String[] {"--explain doub|", "<--explain><doubt>"},
            new String[] {"--fail-on reset-susp|", "<--fail-on><reset-suspect>"},
            new String[] {"--fail-on err|,reset-susp|", "<--fail-on><error,reset-suspect>"},
            new String[] {"--ignore hea|", "<--ignore><header>"},
            new String[] {"--by serv|,hou|", "<--by><server,hour>"},
            new String[] {"--completion zs|", "<--completion><zsh>"},
            new String[] {"-i l|", "<-i><lo>"},
            new String[] {"-q captu|", "<-q><capture one.pcap>"},
            new String[] {"-r captu|", "<-r><capture one.pcap>"},
            new String[] {"--html capt|", "<--html><capture one.pcap>"},
            new String[] {"--extract 3 captu|", "<--extract><3><capture one.pcap>"});

    @TempDir
    private Path folder;

    @BeforeEach
    void makeProgram() throws IOException {
        Path program = Files.createDirectory(folder.resolve("bin")).resolve("tcpflow-check");
        Files.writeString(program, "#!/bin/sh\nprintf 'got '\nprintf '<%s>' \"$@\"\necho\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.createFile(folder.resolve("capture one.pcap"));
    }

    private Shell shell(String command) throws IOException {
        return new Shell(command, folder, Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH")));
    }

    private static void complete(Shell shell) throws Exception {
        for (String[] each : TYPED) {
            shell.type("tcpflow-check " + each[0].replace('|', '\t') + "\n", "got " + each[1]);
        }
    }

    @Test
    void inBash() throws Exception {
        assumeTrue(Shell.has("bash"), "SKIPPED, NOTHING WAS TESTED: needs bash and script(1)");
        Files.writeString(
                folder.resolve("completion"), Run.of("--completion", "bash").out());
        try (Shell bash = shell("bash --norc --noprofile -i")) {
            bash.type("bind 'set bell-style none'; source ./completion; echo begun$((1+1))\n", "begun2");
            complete(bash);
            bash.type("tcpflow-check -nr captu\t\n", "got <-nr><capture one.pcap>");
        }
    }

    @Test
    void inZsh() throws Exception {
        assumeTrue(Shell.has("zsh"), "SKIPPED, NOTHING WAS TESTED: needs zsh and script(1)");
        Files.writeString(
                folder.resolve("_tcpflow-check"), Run.of("--completion", "zsh").out());
        try (Shell zsh = shell("zsh -f -i")) {
            zsh.type(
                    "unsetopt beep; fpath=($PWD $fpath); autoload -U compinit; compinit -D -u; echo begun$((1+1))\n",
                    "begun2");
            complete(zsh);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--vi, --view",
        "--view flo, flows",
        "--view=lad, --view=ladder",
        "--explain reset-susp, reset-suspect",
        "'--fail-on error,reset-susp', 'error,reset-suspect'",
        "--completion zs, zsh",
        "-i l, lo",
        "-r captu, capture one.pcap",
        "captu, capture one.pcap",
        "--html capt, capture one.pcap"
    })
    void inFish(String typed, String completed) throws Exception {
        assumeTrue(Shell.has("fish"), "SKIPPED, NOTHING WAS TESTED: needs fish");
        Files.writeString(
                folder.resolve("completion"), Run.of("--completion", "fish").out());
        ProcessBuilder fish = new ProcessBuilder(
                        "fish", "--no-config", "-c", "source ./completion; complete -C 'tcpflow-check " + typed + "'")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        fish.environment().put("HOME", folder.toString());
        String out = new String(fish.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out.lines().map(line -> line.replaceFirst("\t.*", ""))).contains(completed);
    }
}
