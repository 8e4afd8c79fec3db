package tcpflowcheck.report.header;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.wire.Octets;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;

/** A header's options, octet by octet in rows of four: kind, length and value, NOPs and padding too. */
final class OptionRows {
    private static final int FIXED = 20;
    private static final int OCTETS = 4;
    private static final int OCTET = 8;

    private final HeaderOctets header;
    private final TcpOptions options = new TcpOptions();
    private final List<List<HeaderField>> rows = new ArrayList<>();
    private List<HeaderField> row = new ArrayList<>();
    private int column;
    private int at;

    private OptionRows(HeaderOctets header) {
        this.header = header;
        options.wrap(header.octets(), FIXED, header.length() - FIXED, header.octets().length - FIXED);
    }

    static List<List<HeaderField>> of(HeaderOctets header) {
        OptionRows rows = new OptionRows(header);
        rows.all();
        return rows.rows;
    }

    private void all() {
        int end = header.octets().length - FIXED;
        String rest = "cut by the capture";
        for (int i = 0; i < options.kindCount(); i++) {
            int kind = options.kind(i);
            int length = options.optionLength(i);
            at = options.position(i);
            if (kind <= TcpOptions.NOP) {
                field(1, kind == TcpOptions.NOP ? "NOP (kind 1)" : "end (kind 0)");
                rest = kind == TcpOptions.EOL ? "padding" : rest;
            } else if (length < 2 || at + length > end) {
                rest = "malformed";
                break;
            } else {
                field(1, "kind " + kind + name(kind));
                field(1, "length " + length);
                value(kind, length - 2);
            }
        }
        if (at < end) {
            field(end - at, rest);
        }
        if (column > 0) {
            row.add(HeaderField.of((OCTETS - column) * OCTET, ""));
            next();
        }
    }

    /** Puts octets into rows; what says what they are stands where they have most room, the first time. */
    private void field(int octets, String text) {
        int first = Math.min(OCTETS - column, octets);
        boolean inFirst = first >= Math.min(octets - first, OCTETS);
        boolean told = false;
        int left = octets;
        while (left > 0) {
            int here = Math.min(OCTETS - column, left);
            boolean tells = !told && (inFirst || left < octets);
            row.add(HeaderField.of(here * OCTET, tells ? text : "..."));
            told |= tells;
            left -= here;
            column += here;
            if (column == OCTETS) {
                next();
            }
        }
        at += octets;
    }

    private void next() {
        rows.add(row);
        row = new ArrayList<>();
        column = 0;
    }

    private static String name(int kind) {
        return switch (kind) {
            case TcpOptions.MSS -> " MSS";
            case TcpOptions.WINDOW_SCALE -> " scale";
            case TcpOptions.SACK_PERMITTED -> " SACK ok";
            case TcpOptions.SACK -> " SACK";
            case TcpOptions.TIMESTAMPS -> " TS";
            case TcpOptions.MD5 -> " MD5";
            case TcpOptions.USER_TIMEOUT -> " UTO";
            case TcpOptions.AO -> " AO";
            case TcpOptions.MPTCP -> " MPTCP";
            case TcpOptions.FAST_OPEN -> " TFO";
            default -> "";
        };
    }

    /** What is behind kind and length, read from its octets: of two options of a kind each shows its own. */
    private void value(int kind, int octets) {
        int value = FIXED + at;
        switch (kind) {
            case TcpOptions.MSS -> {
                if (octets == 2) {
                    field(2, "Maximum Segment Size " + header.u16(value));
                    return;
                }
            }
            case TcpOptions.WINDOW_SCALE -> {
                if (octets == 1) {
                    int shift = Octets.u8(header.octets(), value);
                    field(1, "shift " + shift + (shift < HeaderRows.BITS ? " x" + (1L << shift) : ""));
                    return;
                }
            }
            case TcpOptions.TIMESTAMPS -> {
                if (octets == 2 * OCTETS) {
                    field(OCTETS, "Timestamp Value " + number(value));
                    field(OCTETS, "Timestamp Echo Reply " + number(value + OCTETS));
                    return;
                }
            }
            case TcpOptions.SACK -> {
                if (octets % (2 * OCTETS) == 0) {
                    for (int edge = 0; edge < octets / OCTETS; edge++) {
                        String name = edge % 2 == 0 ? "Left Edge " : "Right Edge ";
                        field(OCTETS, name + "of Block " + (edge / 2 + 1) + ": " + number(value + OCTETS * edge));
                    }
                    return;
                }
            }
            default -> {} // as it is
        }
        unknown(octets);
    }

    private long number(int position) {
        return SeqNumber.unsigned(header.i32(position));
    }

    private void unknown(int octets) {
        if (octets > 0) {
            StringBuilder hex = new StringBuilder("0x");
            for (int i = 0; i < octets; i++) {
                hex.append(String.format("%02x", Octets.u8(header.octets(), FIXED + at + i)));
            }
            field(octets, hex.toString());
        }
    }
}
