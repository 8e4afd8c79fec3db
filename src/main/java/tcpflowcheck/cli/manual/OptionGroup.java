package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options under a heading, in the order of the help text; those that it hides are not among them. */
record OptionGroup(String heading, List<OptionEntry> options) {
    static List<OptionGroup> of(CommandSpec command) {
        List<OptionGroup> groups = new ArrayList<>();
        for (ArgGroupSpec group : command.argGroups()) {
            List<OptionEntry> options = new ArrayList<>();
            for (OptionSpec option : group.options()) {
                if (!option.hidden()) {
                    options.add(OptionEntry.of(option));
                }
            }
            groups.add(new OptionGroup(group.heading().replace("%n", "").replace(":", ""), options));
        }
        return groups;
    }

    /** The options of all groups. */
    static List<OptionEntry> all(CommandSpec command) {
        List<OptionEntry> all = new ArrayList<>();
        of(command).forEach(group -> all.addAll(group.options));
        return all;
    }
}
