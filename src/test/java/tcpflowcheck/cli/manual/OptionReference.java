package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** All options, with what the help text has no room for. */
final class OptionReference {
    private OptionReference() {}

    static String of(CommandSpec command) {
        Markdown page = new Markdown(
                "Options",
                "the options",
                "`tcpflow-check [OPTION]... FILE...` reads captures, and `tcpflow-check -i NAME` watches an interface; `--man` prints"
                        + " this as a manual page, `--help` in short. Options may stand before and behind files, and letters"
                        + " may be written as a cluster: `-nnvr x.pcap`. A value follows its long name behind `=` or a blank.");
        Map<String, List<String>> details = Details.ofOptions();
        for (OptionGroup group : OptionGroup.of(command)) {
            page.heading(2, group.heading());
            for (OptionEntry option : group.options()) {
                page.heading(3, head(option));
                describe(page, option);
                more(page, Details.of(option, details));
            }
        }
        page.heading(2, "Exit codes").columns("code", "means");
        command.usageMessage().exitCodeList().forEach((code, means) -> page.row(code.strip(), Markdown.prose(means)));
        return page.toString();
    }

    private static String head(OptionEntry option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            String label = option.label().isEmpty() || !name.equals(option.longest())
                    ? ""
                    : (name.startsWith("--") ? "=" : " ") + option.label();
            names.add(Markdown.code(name + label));
        }
        return String.join(", ", names);
    }

    private static void describe(Markdown page, OptionEntry option) {
        if (option.isTable()) {
            page.columns("value", "means");
            for (String line : option.description()) {
                int gap = line.indexOf("  ");
                page.row(
                        Markdown.code(line.substring(0, gap)),
                        Markdown.prose(line.substring(gap).strip()));
            }
            page.endOfTable();
            return;
        }
        String text = Markdown.prose(option.inALine());
        page.paragraph(Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".");
        if (!option.words().isEmpty() && option.words().size() <= 20) {
            page.paragraph((option.list() ? "Values, with commas between them: " : "Values: ")
                    + String.join(
                            ", ", option.words().stream().map(Markdown::code).toList()) + ".");
        }
    }

    private static void more(Markdown page, List<String> lines) {
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("    ")) {
                block.add(line.strip());
            } else {
                page.paragraph(Markdown.prose(line));
            }
        }
        if (!block.isEmpty()) {
            page.block(block);
        }
    }
}
