package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option as a manual tells it.
 *
 * @param names the short one first
 * @param label of its value, empty if it takes none
 * @param description its lines in the help text
 * @param words that its value may be, none if it may be others
 * @param list whether several of them may be given, with commas between them
 * @param repeated whether it may be given more than once
 */
record OptionEntry(
        List<String> names,
        String label,
        Value value,
        List<String> description,
        List<String> words,
        boolean list,
        boolean repeated) {

    /** What a shell can complete. */
    enum Value {
        NONE,
        WORDS,
        FILE,
        INTERFACE,
        USER,
        COMMAND,
        /** Two values, the second of them a file. */
        THEN_FILE,
        OTHER
    }

    static OptionEntry of(OptionSpec option) {
        List<String> words = new ArrayList<>();
        if (option.converters().length > 0 && option.converters()[0] instanceof Iterable<?> known) {
            known.forEach(word -> words.add(word.toString()));
        } else if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(words::add);
        }
        boolean takes = option.arity().max() > 0;
        List<String> description = new ArrayList<>();
        for (String line : option.description()) {
            description.add(line.replace("%%", "%"));
        }
        boolean flags = option.typeInfo().isArray() && !takes;
        return new OptionEntry(
                List.of(option.names()),
                takes ? option.paramLabel() : "",
                takes ? value(option, words) : Value.NONE,
                description,
                List.copyOf(words),
                !option.splitRegex().isEmpty(),
                flags || option.typeInfo().isCollection());
    }

    private static Value value(OptionSpec option, List<String> words) {
        if (!words.isEmpty()) {
            return Value.WORDS;
        }
        if (option.paramLabel().startsWith("FILE")) {
            return Value.FILE;
        }
        return switch (option.longestName()) {
            case "--interface" -> Value.INTERFACE;
            case "--extract" -> Value.THEN_FILE;
            case "-Z" -> Value.USER;
            case "-z" -> Value.COMMAND;
            default -> Value.OTHER;
        };
    }

    String longest() {
        return names.get(names.size() - 1);
    }

    /** All of the description in a line. */
    String inALine() {
        List<String> parts = new ArrayList<>();
        for (String line : description) {
            parts.add(line.strip().replaceAll("\\s+", " "));
        }
        return isTable() ? parts.get(0) + " ..." : String.join(" ", parts);
    }

    /** Whether each line is a word and what it means. */
    boolean isTable() {
        return description.size() > 1 && description.stream().allMatch(line -> line.matches("\\S+ {2,}\\S.*"));
    }
}
