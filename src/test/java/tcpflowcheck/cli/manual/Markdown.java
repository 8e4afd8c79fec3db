package tcpflowcheck.cli.manual;

import java.util.List;

/** A page of the site that is made, not written: headings, paragraphs, tables, lists and blocks. */
final class Markdown {
    private static final int WIDTH = 120;

    private final StringBuilder out = new StringBuilder();

    Markdown(String title, String source, String introduction) {
        out.append("# ").append(title).append("\n\n");
        out.append("<!-- Made from ").append(source).append("; ReferenceTest -Dgolden.update writes it anew. -->\n\n");
        paragraph(introduction);
    }

    Markdown heading(int depth, String text) {
        out.append("#".repeat(depth)).append(' ').append(text).append("\n\n");
        return this;
    }

    Markdown paragraph(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        out.append(line).append("\n\n");
        return this;
    }

    Markdown block(List<String> lines) {
        for (String line : lines) {
            out.append(line.isEmpty() ? "" : "    ").append(line).append('\n');
        }
        out.append('\n');
        return this;
    }

    /** Begins a table. */
    Markdown columns(String... names) {
        row(names);
        return row("---|".repeat(names.length).split("(?<=\\|)"), "|", "");
    }

    Markdown row(String... cells) {
        return row(cells, "| ", " ");
    }

    private Markdown row(String[] cells, String before, String after) {
        for (String cell : cells) {
            String text = cell.endsWith("|") ? cell.substring(0, cell.length() - 1) : cell.replace("|", "\\|");
            out.append(before).append(text).append(after);
        }
        out.append("|\n");
        return this;
    }

    Markdown endOfTable() {
        out.append('\n');
        return this;
    }

    static String code(String text) {
        return "`" + text + "`";
    }

    /** Prose, in which a browser might take < for a tag. */
    static String prose(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_");
    }

    @Override
    public String toString() {
        return out.toString().stripTrailing() + "\n";
    }
}
