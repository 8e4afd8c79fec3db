package tcpflowcheck.cli.manual;

import picocli.CommandLine.Model.CommandSpec;

/** Lines for fish. */
public final class FishCompletion {
    private FishCompletion() {}

    /** The file, to be called {@code tcpflow-check.fish}. */
    public static String of(CommandSpec command) {
        StringBuilder out = new StringBuilder("# fish completion for tcpflow-check, made from its options\n\n");
        for (OptionEntry option : OptionGroup.all(command)) {
            out.append("complete -c tcpflow-check");
            for (String name : option.names()) {
                out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
            }
            out.append(arguments(option))
                    .append(" -d ")
                    .append(quoted(option.inALine()))
                    .append('\n');
        }
        return out.toString();
    }

    private static String arguments(OptionEntry option) {
        String words = String.join(" ", option.words());
        return switch (option.value()) {
            case NONE -> "";
            case WORDS -> " -x -a " + quoted(option.list() ? "(__fish_append , " + words + ")" : words);
            case INTERFACE -> " -x -a '(__fish_print_interfaces)'";
            case USER -> " -x -a '(__fish_complete_users)'";
            case FILE, COMMAND -> " -r -F";
            default -> " -x";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
