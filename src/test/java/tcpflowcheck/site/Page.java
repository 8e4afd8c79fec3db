package tcpflowcheck.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Markdown and the commands in it. In its indented and fenced blocks a line that begins with {@code $ } or
 * {@code ./tcpflow-check } is a command, which goes on behind a backslash; lines between one with {@code $ } and the next
 * command are what it prints. A line that begins with {@code tcpflow-check } is a recipe: a command on captures that only a
 * reader has, and behind two spaces what it is for.
 */
final class Page {
    private static final Pattern WIDTH = Pattern.compile("`--width (\\d+)` is left out");
    private static final String INDENT = "    ";
    private static final String PROMPT = "$ ";
    private static final String LAUNCHER = "./tcpflow-check ";
    private static final String RECIPE = "tcpflow-check ";

    private final Path file;
    private final List<String> lines;
    private final List<Command> commands = new ArrayList<>();
    private final List<String> recipes = new ArrayList<>();

    /**
     * A command.
     *
     * @param line where it begins, from 1
     * @param end where what it prints begins, from 0
     * @param shown what it is shown to print, none if that is not shown
     */
    record Command(int line, int end, String indent, String text, List<String> shown) {}

    Page(Path file) throws IOException {
        this(file, Files.readAllLines(file));
    }

    Page(Path file, List<String> lines) {
        this.file = file;
        this.lines = new ArrayList<>(lines);
        findCommands();
    }

    private void findCommands() {
        boolean fenced = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (isCommand(fenced, line)) {
                i = addCommand(i, fenced) - 1;
            } else if (inBlock(fenced, line).startsWith(RECIPE)) {
                recipes.add(inBlock(fenced, line).split(" {2,}| #", 2)[0].strip());
            }
        }
    }

    private static String inBlock(boolean fenced, String line) {
        return fenced ? line : line.startsWith(INDENT) ? line.substring(INDENT.length()) : "";
    }

    private static boolean isCommand(boolean fenced, String line) {
        String text = inBlock(fenced, line);
        return text.startsWith(PROMPT) || text.startsWith(LAUNCHER);
    }

    /** Returns where the next command may begin. */
    private int addCommand(int first, boolean fenced) {
        String indent = fenced ? "" : INDENT;
        StringBuilder text = new StringBuilder(lines.get(first).substring(indent.length()));
        boolean prompted = text.indexOf(PROMPT) == 0;
        int next = first + 1;
        while (text.charAt(text.length() - 1) == '\\') {
            text.setLength(text.length() - 1);
            text.append(lines.get(next++).strip());
        }
        List<String> shown = new ArrayList<>();
        int end = next;
        while (prompted && end < lines.size() && isWithin(lines.get(end), fenced)) {
            shown.add(lines.get(end).isBlank() ? "" : lines.get(end).substring(indent.length()));
            end++;
        }
        while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
            shown.remove(shown.size() - 1);
        }
        String command = prompted ? text.substring(PROMPT.length()) : text.toString();
        commands.add(new Command(first + 1, next, indent, command, List.copyOf(shown)));
        return end;
    }

    private static boolean isWithin(String line, boolean fenced) {
        boolean ends = fenced ? line.strip().startsWith("```") : !line.isBlank() && !line.startsWith(INDENT);
        return !ends && !isCommand(fenced, line);
    }

    Path file() {
        return file;
    }

    List<Command> commands() {
        return commands;
    }

    List<String> recipes() {
        return recipes;
    }

    List<String> lines() {
        return lines;
    }

    /** What {@code --width} the page says that it leaves out of its commands; 0 for none. */
    int width() {
        Matcher said = WIDTH.matcher(String.join(" ", lines));
        return said.find() ? Integer.parseInt(said.group(1)) : 0;
    }

    /** The page's lines with others shown below some commands; a null leaves a command as it is. */
    List<String> with(List<List<String>> shown) {
        List<String> renewed = new ArrayList<>(lines);
        for (int i = commands.size() - 1; i >= 0; i--) {
            Command command = commands.get(i);
            if (shown.get(i) == null) {
                continue;
            }
            List<String> old = renewed.subList(
                    command.end(), command.end() + command.shown().size());
            old.clear();
            for (String line : shown.get(i)) {
                old.add(line.isEmpty() ? "" : command.indent() + line);
            }
        }
        return renewed;
    }
}
