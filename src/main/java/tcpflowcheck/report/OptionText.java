package tcpflowcheck.report;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.Octets;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * The options of a segment as tcpdump prints them, read from the list on the wire: a list that is malformed or cut by the
 * snap length is printed as far as it goes.
 */
final class OptionText {
    private static final int ECHO = 6;
    private static final int ECHO_REPLY = 7;
    private static final int CC = 11;
    private static final int CC_NEW = 12;
    private static final int CC_ECHO = 13;
    private static final int SCPS = 20;

    private static final int FAST_OPEN_EXPERIMENT = 0xf989;

    private enum Outcome {
        WHOLE,
        MALFORMED,
        /** The snap length cut the kind or the length off. */
        HEAD_CUT,
        BODY_CUT
    }

    private TextBuffer out = new TextBuffer(0);
    private byte[] buffer = {};
    /** Where the next octet is. */
    private int at;
    /** Octets of the list from there on, captured or not. */
    private int left;
    /** Past the last octet of the list that was captured. */
    private int end;
    /** Past the last octet of the segment that was captured. */
    private int segmentEnd;

    private int flags;
    private int sackBase;
    private boolean cut;
    private String dissector = "tcp";

    /**
     * Appends the list with its brackets.
     *
     * @param sackBase what the edges of SACK blocks are relative to
     * @return whether the list was well-formed and whole; if not, tcpdump's line ends here
     */
    boolean append(TextBuffer out, TcpSegment segment, int sackBase) {
        this.out = out;
        this.sackBase = sackBase;
        buffer = segment.buffer();
        at = segment.tcpOffset() + SegmentLine.FIXED_HEADER;
        left = segment.headerLength() - SegmentLine.FIXED_HEADER;
        end = at + left - segment.headerCut();
        flags = segment.flags();
        segmentEnd = end + segment.capturedLength();
        cut = segment.headerCut() > 0 || segment.capturedLength() < segment.length();
        dissector = "tcp";

        out.append(", options [");
        boolean first = true;
        int kind;
        do {
            if (!first) {
                out.append(',');
            }
            kind = at < end ? Octets.u8(buffer, at) : -1;
            Outcome outcome = appendOption(kind);
            if (outcome != Outcome.WHOLE) {
                appendFault(outcome, first);
                return false;
            }
            first = false;
        } while (left > 0 && kind != TcpOptions.EOL);
        out.append(']');
        return true;
    }

    private void appendFault(Outcome outcome, boolean first) {
        if (outcome == Outcome.MALFORMED) {
            out.append(first ? "[bad opt]" : "[bad opt]]");
        } else {
            appendCut(out);
            if (outcome == Outcome.BODY_CUT && !first) {
                out.append('>');
            }
        }
    }

    /** Tcpdump's sign of a cut packet, with the name of what was printed last. */
    void appendCut(TextBuffer out) {
        out.append(" [|").append(dissector).append(']');
    }

    private Outcome appendOption(int kind) {
        if (kind == TcpOptions.NOP || kind == TcpOptions.EOL) {
            out.append(kind == TcpOptions.NOP ? "nop" : "eol");
            advance(1);
            return Outcome.WHOLE;
        }
        if (kind < 0 || at + 1 >= segmentEnd) {
            return Outcome.HEAD_CUT;
        }
        int length = Octets.u8(buffer, at + 1);
        if (length < 2 || length > left) {
            return Outcome.MALFORMED;
        }
        advance(2);
        int size = bodySize(kind, length - 2);
        Outcome outcome = appendBody(kind, size);
        if (outcome == Outcome.WHOLE) {
            advance(size);
            if (size != length - 2) {
                out.append("[len ").unsigned(length).append(']');
            }
        }
        return outcome;
    }

    /** Octets after the length that the kind asks for, or as many as there are if it asks for none. */
    private static int bodySize(int kind, int actual) {
        return switch (kind) {
            case TcpOptions.SACK_PERMITTED -> 0;
            case TcpOptions.WINDOW_SCALE -> 1;
            case TcpOptions.MSS, TcpOptions.USER_TIMEOUT, SCPS -> 2;
            case ECHO, ECHO_REPLY, CC, CC_NEW, CC_ECHO -> 4;
            case TcpOptions.TIMESTAMPS -> 8;
            case TcpOptions.MD5 -> 16;
            default -> actual;
        };
    }

    private static @Nullable String name(int kind) {
        return switch (kind) {
            case TcpOptions.MSS -> "mss";
            case TcpOptions.WINDOW_SCALE -> "wscale";
            case TcpOptions.SACK_PERMITTED -> "sackOK";
            case TcpOptions.SACK -> "sack";
            case ECHO -> "echo";
            case ECHO_REPLY -> "echoreply";
            case TcpOptions.TIMESTAMPS -> "TS";
            case CC -> "cc";
            case CC_NEW -> "ccnew";
            case CC_ECHO -> "";
            case TcpOptions.MD5 -> "md5";
            case SCPS -> "scps";
            case TcpOptions.USER_TIMEOUT -> "uto";
            case TcpOptions.AO -> "tcp-ao";
            case TcpOptions.MPTCP -> "mptcp";
            case TcpOptions.FAST_OPEN -> "tfo";
            case TcpOptions.EXPERIMENT_2 -> "exp";
            default -> null;
        };
    }

    private Outcome appendBody(int kind, int size) {
        String name = name(kind);
        if (name == null) {
            return appendUnknown(kind, size);
        }
        out.append(name);
        if (kind == TcpOptions.SACK) {
            return appendSack(size);
        }
        if (kind == TcpOptions.AO) {
            return appendAuthentication(size);
        }
        if (size > left) {
            return Outcome.MALFORMED;
        }
        if (size > end - at) {
            return Outcome.BODY_CUT;
        }
        return appendValue(kind, size) ? Outcome.WHOLE : Outcome.MALFORMED;
    }

    /** @return whether the value is well-formed */
    private boolean appendValue(int kind, int size) {
        return switch (kind) {
            case TcpOptions.SACK_PERMITTED -> true;
            case TcpOptions.MSS -> {
                out.append(' ').unsigned(Octets.u16(buffer, at));
                yield true;
            }
            case TcpOptions.WINDOW_SCALE -> {
                out.append(' ').unsigned(Octets.u8(buffer, at));
                yield true;
            }
            case TcpOptions.TIMESTAMPS -> {
                out.append(" val ")
                        .unsigned(Octets.i32(buffer, at))
                        .append(" ecr ")
                        .unsigned(Octets.i32(buffer, at + 4));
                yield true;
            }
            case TcpOptions.MD5 -> {
                appendSignature(size);
                yield true;
            }
            case SCPS -> {
                out.append(" cap ").hex(Octets.u8(buffer, at), 2).append(" id ").unsigned(Octets.u8(buffer, at + 1));
                yield true;
            }
            case TcpOptions.USER_TIMEOUT -> {
                appendUserTimeout();
                yield true;
            }
            case TcpOptions.MPTCP -> {
                dissector = "mptcp";
                yield MultipathText.append(out, buffer, at - 2, size + 2, flags);
            }
            case TcpOptions.FAST_OPEN -> {
                out.append(' ');
                appendFastOpen(0, size);
                yield true;
            }
            case TcpOptions.EXPERIMENT_2 -> appendExperiment(size);
            default -> {
                out.append(' ').unsigned(Octets.i32(buffer, at));
                yield true;
            }
        };
    }

    private Outcome appendSack(int size) {
        if (size % 8 != 0) {
            out.append(" invalid sack");
            return Outcome.WHOLE;
        }
        out.append(' ').unsigned(size / 8).append(' ');
        for (int i = 0; i < size; i += 8) {
            if (end - at < i + 8) {
                return Outcome.BODY_CUT;
            }
            out.append('{').unsigned(Octets.i32(buffer, at + i) - sackBase);
            out.append(':').unsigned(Octets.i32(buffer, at + i + 4) - sackBase).append('}');
        }
        return Outcome.WHOLE;
    }

    /** RFC 5925, section 2.2: at least four octets with kind and length. */
    private Outcome appendAuthentication(int size) {
        if (size < 2) {
            out.append(" (invalid)");
            return Outcome.WHOLE;
        }
        int captured = Math.min(size, end - at);
        if (captured >= 1) {
            out.append(" keyid ").unsigned(Octets.u8(buffer, at));
        }
        if (captured >= 2) {
            out.append(" rnextkeyid ").unsigned(Octets.u8(buffer, at + 1));
            if (size > 2) {
                out.append(" mac 0x").hex(buffer, at + 2, captured - 2);
            }
        }
        return captured < size ? Outcome.BODY_CUT : Outcome.WHOLE;
    }

    private Outcome appendUnknown(int kind, int size) {
        out.append("unknown-").unsigned(kind);
        int captured = Math.min(size, end - at);
        if (size > 0) {
            out.append(" 0x").hex(buffer, at, captured);
        }
        return captured < size ? Outcome.BODY_CUT : Outcome.WHOLE;
    }

    private void appendSignature(int size) {
        out.append(cut ? " snaplen too short, " : " shared secret not supplied with -M, ");
        out.append("can't check - ").hex(buffer, at, size);
    }

    /** RFC 5482, section 3, has the granularity in the highest bit; tcpdump takes the lowest, and so does its line. */
    private void appendUserTimeout() {
        int value = Octets.u16(buffer, at);
        int seconds = (value & 1) != 0 ? (value >> 1) * 60 : value >> 1;
        out.append(" 0x").hex(value).append(' ').unsigned(seconds);
    }

    /** RFC 7413, section 4.1.1: no cookie, or an even number of 4 to 16 octets. */
    private void appendFastOpen(int from, int size) {
        if (size == 0) {
            out.append(" cookiereq");
        } else if (size % 2 != 0 || size < 4 || size > 16) {
            out.append(" (invalid)");
        } else {
            out.append(" cookie ").hex(buffer, at + from, size);
        }
    }

    /** RFC 6994: an experiment identifier of 16 bits comes first. */
    private boolean appendExperiment(int size) {
        if (size < 2) {
            return false;
        }
        int identifier = Octets.u16(buffer, at);
        out.append('-');
        if (identifier == FAST_OPEN_EXPERIMENT) {
            out.append("tfo");
            appendFastOpen(2, size - 2);
        } else {
            out.hex(identifier, 4);
        }
        return true;
    }

    private void advance(int count) {
        at += count;
        left -= count;
    }
}
