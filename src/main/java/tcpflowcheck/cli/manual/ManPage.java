package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The page for man(1): a frame with what does not change, filled with options and exit codes. */
public final class ManPage {
    private ManPage() {}

    /** The page, with man(7)'s macros. */
    public static String of(CommandSpec command, String version) {
        return Details.read("tcpflow-check.1")
                .replace("@VERSION@", Troff.escaped(version))
                .replace("@OPTIONS@\n", options(command))
                .replace("@EXIT@\n", exitCodes(command.usageMessage().exitCodeList()));
    }

    private static String options(CommandSpec command) {
        Map<String, List<String>> details = Details.ofOptions();
        Troff out = new Troff();
        for (OptionGroup group : OptionGroup.of(command)) {
            out.macro(".SS " + group.heading());
            for (OptionEntry option : group.options()) {
                out.macro(".TP").raw(head(option));
                describe(out, option);
                List<String> more = Details.of(option, details);
                if (!more.isEmpty()) {
                    out.macro(".IP").paragraphs(more);
                }
            }
        }
        return out.toString();
    }

    private static String head(OptionEntry option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            boolean last = name.equals(option.longest());
            String label = option.label().isEmpty() || !last ? "" : (name.startsWith("--") ? "=" : " ");
            names.add(Troff.bold(name) + label + (label.isEmpty() ? "" : Troff.italic(option.label())));
        }
        return String.join(", ", names);
    }

    private static void describe(Troff out, OptionEntry option) {
        if (!option.isTable()) {
            out.text(option.inALine());
            return;
        }
        out.text("One of:").macro(".RS");
        for (String line : option.description()) {
            int gap = line.indexOf("  ");
            out.macro(".TP")
                    .raw(Troff.bold(line.substring(0, gap)))
                    .text(line.substring(gap).strip());
        }
        out.macro(".RE");
    }

    private static String exitCodes(Map<String, String> codes) {
        Troff out = new Troff();
        codes.forEach((code, meaning) ->
                out.macro(".TP").raw(Troff.bold(code.strip())).text(meaning));
        return out.toString();
    }
}
