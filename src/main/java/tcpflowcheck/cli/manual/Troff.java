package tcpflowcheck.cli.manual;

import java.util.List;

/** Text as troff's man macros (man(7)) take it. */
final class Troff {
    private final StringBuilder out = new StringBuilder();

    /** A request: {@code .TP}. */
    Troff macro(String request) {
        out.append(request).append('\n');
        return this;
    }

    /** A line of prose. */
    Troff text(String line) {
        out.append(escaped(line)).append('\n');
        return this;
    }

    /** A line with markup of its own. */
    Troff raw(String line) {
        out.append(line).append('\n');
        return this;
    }

    /** Paragraphs; a line that begins with blanks is an example and stays as it is. */
    Troff paragraphs(List<String> lines) {
        boolean example = false;
        for (String line : lines) {
            boolean verbatim = line.startsWith("    ");
            if (verbatim != example) {
                macro(verbatim ? ".IP\n.nf" : ".fi");
                example = verbatim;
            }
            if (line.isBlank()) {
                macro(".IP");
            } else {
                text(line.strip());
            }
        }
        return example ? macro(".fi") : this;
    }

    static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
