package tcpflowcheck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import tcpflowcheck.cli.manual.BashCompletion;
import tcpflowcheck.cli.manual.FishCompletion;
import tcpflowcheck.cli.manual.ManPage;
import tcpflowcheck.cli.manual.ZshCompletion;

/** The man page and the completions: printed by the program, and written into files by the build. */
public final class Manual {
    /** What completions there are for. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        static final class Word extends Words<Shell> {
            Word() {
                super(Shell.class);
            }
        }
    }

    private Manual() {}

    /** All options, as picocli knows them. */
    public static CommandSpec specification() {
        return Options.specification();
    }

    static String man() {
        return ManPage.of(Options.specification(), Main.implementationVersion());
    }

    static String completion(Shell shell) {
        CommandSpec command = Options.specification();
        return switch (shell) {
            case BASH -> BashCompletion.of(command);
            case ZSH -> ZshCompletion.of(command);
            case FISH -> FishCompletion.of(command);
        };
    }

    /**
     * Writes them where a package takes them from: {@code manual/} and {@code completion/}, each file with the name under
     * which its reader looks for it.
     *
     * @param args the build's folder, and the version
     */
    public static void main(String[] args) throws IOException {
        Path manual = Files.createDirectories(Path.of(args[0], "manual"));
        Path completion = Files.createDirectories(Path.of(args[0], "completion"));
        Files.writeString(manual.resolve("tcpflow-check.1"), ManPage.of(Options.specification(), args[1]));
        Files.writeString(completion.resolve("tcpflow-check.bash"), completion(Shell.BASH));
        Files.writeString(completion.resolve("_tcpflow-check"), completion(Shell.ZSH));
        Files.writeString(completion.resolve("tcpflow-check.fish"), completion(Shell.FISH));
    }
}
