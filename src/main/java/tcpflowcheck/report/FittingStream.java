package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Breaks lines that are wider than a terminal between their words, each next line indented so that it hangs under what the
 * first one says. A word that is wider than the line stays whole. Escape sequences take no column.
 */
public final class FittingStream extends OutputStream {
    private static final int ESCAPE = 0x1b;
    private static final int LEAST_HANGING = 4;

    private static final Set<String> UNITS = Set.of("ns", "us", "ms", "s", "B", "KB", "MB", "GB", "TB");

    private final OutputStream out;
    private final int width;
    private byte[] line = new byte[512];
    private int length;

    /** @param width columns */
    public FittingStream(OutputStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void write(int octet) throws IOException {
        if (octet == '\n') {
            fit();
            length = 0;
            return;
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            write(octets[i]);
        }
    }

    /** What has no end yet stays. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void fit() throws IOException {
        int from = 0;
        int room = width;
        int hanging = Math.min(hanging(), width / 2);
        for (int end = breakBefore(from, room); end < length; end = breakBefore(from, room)) {
            out.write(line, from, end - from);
            out.write('\n');
            for (int i = 0; i < hanging; i++) {
                out.write(' ');
            }
            from = end;
            while (from < length && line[from] == ' ') {
                from++;
            }
            room = width - hanging;
        }
        out.write(line, from, length - from);
        out.write('\n');
    }

    /** Where the line that begins at an octet ends: the last space up to the width, or the first behind it. */
    private int breakBefore(int from, int room) {
        int column = 0;
        int space = -1;
        int begin = from;
        while (begin < length && line[begin] == ' ') {
            begin++;
        }
        for (int i = from; i < length; i = next(i)) {
            if (line[i] == ' ' && i > begin && !isBeforeUnit(i)) {
                if (column > room) {
                    return space > 0 ? space : i;
                }
                space = i > 0 && line[i - 1] == ' ' && space > 0 ? space : i;
            }
            column += columns(i);
            if (column > room && space > 0) {
                return space;
            }
        }
        return length;
    }

    /** Whether a space is that between a number and its unit, which stay together. */
    private boolean isBeforeUnit(int space) {
        int end = space + 1;
        while (end < length && line[end] >= 'A') {
            end++;
        }
        boolean number = space > 0 && line[space - 1] >= '0' && line[space - 1] <= '9';
        return number && UNITS.contains(new String(line, space + 1, end - space - 1, StandardCharsets.US_ASCII));
    }

    /** The octet behind the character or the escape sequence that begins at one. */
    private int next(int at) {
        int next = at + 1;
        if (line[at] == ESCAPE && next < length && line[next] == '[') {
            next++;
            while (next < length && (line[next] < '@' || line[next] > '~')) {
                next++;
            }
            return Math.min(next + 1, length);
        }
        while (next < length && (line[next] & 0xc0) == 0x80) {
            next++;
        }
        return next;
    }

    private int columns(int at) {
        return line[at] == ESCAPE ? 0 : 1;
    }

    /** Under what follows the line's label: behind the first word, where more than one space follows it. */
    private int hanging() {
        int column = 0;
        int leading = -1;
        for (int i = 0; i < length; i = next(i)) {
            boolean blank = line[i] == ' ';
            if (leading < 0 && !blank && columns(i) > 0) {
                leading = column;
            } else if (leading >= 0 && blank) {
                int behind = i;
                int at = column;
                while (behind < length && (line[behind] == ' ' || line[behind] == ESCAPE)) {
                    at += columns(behind);
                    behind = next(behind);
                }
                return at - column > 1 ? at : leading + LEAST_HANGING;
            }
            column += columns(i);
        }
        return LEAST_HANGING;
    }
}
