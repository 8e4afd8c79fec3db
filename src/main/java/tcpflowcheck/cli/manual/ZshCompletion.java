package tcpflowcheck.cli.manual;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A function for zsh. */
public final class ZshCompletion {
    private ZshCompletion() {}

    /** The file, to be called {@code _tcpflow-check}. */
    public static String of(CommandSpec command) {
        StringBuilder out =
                new StringBuilder("#compdef tcpflow-check\n# made from its options\n\n_arguments -s -S \\\n");
        for (OptionEntry option : OptionGroup.all(command)) {
            for (String name : option.names()) {
                out.append("    ").append(specification(option, name)).append(" \\\n");
            }
        }
        return out.append("    '*:capture:_files'\n").toString();
    }

    private static String specification(OptionEntry option, String name) {
        boolean value = option.value() != OptionEntry.Value.NONE;
        String others = option.repeated() ? "*" : "(" + String.join(" ", option.names()) + ")";
        String suffix = value ? name.startsWith("--") ? "=" : "+" : "";
        return quoted(others + name + suffix + "[" + escaped(option.inALine()) + "]" + (value ? action(option) : ""));
    }

    private static String action(OptionEntry option) {
        String label = ":" + escaped(option.label()) + ":";
        return switch (option.value()) {
            case WORDS -> label + words(option);
            case FILE -> label + "_files";
            case INTERFACE -> label + "_net_interfaces";
            case USER -> label + "_users";
            case COMMAND -> label + "_command_names -e";
            case THEN_FILE -> ":streams: :file:_files";
            default -> label;
        };
    }

    private static String words(OptionEntry option) {
        String words = String.join(" ", option.words());
        return option.list() ? "_sequence compadd - " + words : "(" + words + ")";
    }

    private static String escaped(String text) {
        String escaped = text;
        for (String special : List.of("\\", "[", "]", ":")) {
            escaped = escaped.replace(special, "\\" + special);
        }
        return escaped;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
