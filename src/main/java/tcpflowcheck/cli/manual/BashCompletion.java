package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A script for bash, which needs nothing else: options, the words of their values, files, interfaces and users. */
public final class BashCompletion {
    private static final String BEGIN = """
            # bash completion for tcpflow-check, made from its options

            _tcpflow_check() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} before= words= kind=file list=
                [ "$COMP_CWORD" -lt 2 ] || before=${COMP_WORDS[COMP_CWORD-2]}
                if [ "$cur" = = ]; then
                    cur=
                elif [ "$prev" = = ]; then
                    prev=$before
                fi
                case $prev in
            """;
    private static final String END = """
                esac
                COMPREPLY=()
                case $kind in
                    words)
                        local done=
                        if [ -n "$list" ]; then
                            [[ $cur != *,* ]] || done=${cur%,*},
                            compopt -o nospace
                        fi
                        mapfile -t COMPREPLY < <(compgen -P "$done" -W "$words" -- "${cur##*,}")
                        ;;
                    interface) mapfile -t COMPREPLY < <(compgen -W "any $(ls /sys/class/net 2>/dev/null)" -- "$cur") ;;
                    user) mapfile -t COMPREPLY < <(compgen -u -- "$cur") ;;
                    command) mapfile -t COMPREPLY < <(compgen -c -- "$cur") ;;
                    file)
                        compopt -o filenames
                        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
                        ;;
                esac
            }

            complete -F _tcpflow_check tcpflow-check
            """;

    private BashCompletion() {}

    /** The script. */
    public static String of(CommandSpec command) {
        StringBuilder out = new StringBuilder(BEGIN);
        List<String> names = new ArrayList<>();
        for (OptionEntry option : OptionGroup.all(command)) {
            names.addAll(option.names());
            if (option.value() != OptionEntry.Value.NONE) {
                out.append("        ")
                        .append(patterns(option))
                        .append(") ")
                        .append(kind(option))
                        .append(" ;;\n");
            }
        }
        out.append("        *)\n");
        out.append("            if [ \"$before\" = --extract ]; then\n                kind=file\n");
        out.append("            elif [[ $cur == -* ]]; then\n                kind=words\n                words='")
                .append(String.join(" ", names))
                .append("'\n            fi\n            ;;\n");
        return out.append(END).toString();
    }

    /** A letter may be the last of a cluster. */
    private static String patterns(OptionEntry option) {
        List<String> patterns = new ArrayList<>();
        for (String name : option.names()) {
            patterns.add(name);
            if (!name.startsWith("--")) {
                patterns.add("-[!-]*" + name.charAt(1));
            }
        }
        return String.join(" | ", patterns);
    }

    private static String kind(OptionEntry option) {
        return switch (option.value()) {
            case WORDS ->
                "kind=words words='" + String.join(" ", option.words()) + "'" + (option.list() ? " list=yes" : "");
            case FILE -> "kind=file";
            case INTERFACE -> "kind=interface";
            case USER -> "kind=user";
            case COMMAND -> "kind=command";
            default -> "kind=";
        };
    }
}
