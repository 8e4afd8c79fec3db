package tcpflowcheck.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowNotes;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.IcmpSaid;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.Unreachable;

/** Kept by one reporter: the verdict on a flow, as the lines in front of its evidence. */
final class FlowHeader {
    private static final int LABEL_WIDTH = 8;

    /** Columns in front of what a label introduces. */
    static final int INDENT = LABEL_WIDTH + 2;

    private static final int MAX_COMMENTS = 5;
    private static final int MAX_ICMP = 3;

    private final Style style;
    private final VerdictText verdict;
    private final FoundText found;
    private final @Nullable CaptureNotes notes;

    /**
     * Starts with nothing told.
     *
     * @param width columns of a line, 0 if it may be as long as it is
     * @param notes what the capture says, if that and each end's numbers are wanted, else null
     */
    FlowHeader(Style style, int width, @Nullable CaptureNotes notes) {
        this.style = style;
        this.notes = notes;
        verdict = new VerdictText(style);
        found = new FoundText(style, width);
    }

    void append(TextBuffer out, Flow flow) {
        Connection connection = flow.connection();
        title(out, flow);
        verdict.append(out, flow);
        TimingText.append(out, style, connection.timing());
        verdict.paths(out, connection);
        OfferedText.append(out, style, connection);
        incarnations(out, flow);
        if (notes != null) {
            TrafficText.append(out, connection, INDENT);
            captured(out, flow);
            names(out, flow, notes);
        }
        icmp(out, flow);
        found.append(out, connection.findings().list());
        comments(out, flow.notes().comments());
    }

    /** As a quiz shows it: who speaks and how much, and blanks for how it was opened and closed. */
    void append(TextBuffer out, Flow flow, Blanks blanks) {
        title(out, flow);
        label(out, Style.Role.DIM, "open")
                .append(blanks.opened(flow.connection()))
                .append('\n');
        label(out, Style.Role.DIM, "close")
                .append(blanks.closed(flow.connection()))
                .append('\n');
    }

    /** {@code ports   the port's connection before: stream 3, after: stream 5}, as far as they are known. */
    private void incarnations(TextBuffer out, Flow flow) {
        long before = flow.streamBefore();
        long after = flow.streamAfter();
        if (before == Flow.UNKNOWN && after == Flow.UNKNOWN) {
            return;
        }
        label(out, Style.Role.DIM, "ports").append("the port's connection ");
        if (before != Flow.UNKNOWN) {
            out.append("before: stream ").decimal(before).append(after == Flow.UNKNOWN ? "" : ", ");
        }
        if (after != Flow.UNKNOWN) {
            out.append("after: stream ").decimal(after);
        }
        out.append('\n');
    }

    /** What ICMP errors said of it, but for what the opening says already. */
    private void icmp(TextBuffer out, Flow flow) {
        Handshake handshake = flow.connection().handshake();
        Unreachable told = handshake.kind() == Handshake.Kind.UNREACHABLE ? handshake.unreachable() : null;
        int shown = 0;
        for (IcmpSaid said : flow.icmp()) {
            if (told != null && said == told.said()) {
                continue;
            }
            label(out, Style.Role.DIM, shown == 0 ? "icmp" : "");
            if (shown++ == MAX_ICMP) {
                out.append("and others, which --json names\n");
                return;
            }
            out.append(said.sender()).append(" says: ").append(said.text());
            style.append(out.append(" ("), said.side()).append(said.sent() ? "" : " has not sent what it quotes");
            out.append(", frame ").decimal(said.frame());
            if (said.count() > 1) {
                out.append(" and ").decimal(said.count() - 1).append(" more");
            }
            out.append(")\n");
        }
    }

    /** Where it was captured, as far as the capture says. */
    private void captured(TextBuffer out, Flow flow) {
        List<ForeignText> interfaces = flow.notes().interfaces();
        Side side = flow.capturedAt();
        if (side == null && interfaces.isEmpty()) {
            return;
        }
        label(out, Style.Role.DIM, "tap");
        if (side != null) {
            style.append(out.append("at the "), side);
        }
        for (int i = 0; i < interfaces.size(); i++) {
            out.append(i > 0 ? ", " : side == null ? "on " : ", on ")
                    .append(interfaces.get(i).safe());
        }
        out.append('\n');
    }

    private void names(TextBuffer out, Flow flow, CaptureNotes notes) {
        boolean any = false;
        for (Side side : Side.values()) {
            ForeignText name = notes.name(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side));
            if (name != null) {
                style.append(any ? out.append(", ") : label(out, Style.Role.DIM, "names"), side);
                out.append(' ').append(name.safe());
                any = true;
            }
        }
        if (any) {
            out.append('\n');
        }
    }

    private void comments(TextBuffer out, List<FlowNotes.Comment> comments) {
        int shown = comments.size() > MAX_COMMENTS ? MAX_COMMENTS - 1 : comments.size();
        for (int i = 0; i < shown; i++) {
            label(out, Style.Role.DIM, i == 0 ? "comment" : "");
            out.append("frame ").decimal(comments.get(i).frame()).append(": ");
            out.append(comments.get(i).text().safeLines()).append('\n');
        }
        if (shown < comments.size()) {
            label(out, Style.Role.DIM, "").append("and ").decimal(comments.size() - shown);
            out.append(" more\n");
        }
    }

    private void title(TextBuffer out, Flow flow) {
        style.begin(out, Style.Role.TITLE)
                .append("stream ")
                .decimal(flow.stream())
                .append("  ");
        style.end(addresses(out, flow)).append("   ");
        Connection connection = flow.connection();
        long sent = connection.client().traffic().octets();
        long received = connection.server().traffic().octets();
        long packets = connection.client().traffic().packets()
                + connection.server().traffic().packets();
        Amount.counted(out, packets, "segment").append(", ");
        Amount.grouped(out, sent).append(" B out, ");
        Amount.grouped(out, received).append(" B in, ");
        Amount.duration(out, flow.durationNanos());
        for (int i = 0; i < flow.vlanCount(); i++) {
            out.append(i == 0 ? ", vlan " : ".").decimal(flow.vlan(i));
        }
        for (int i = 0; i < flow.tunnelCount(); i++) {
            out.append(i == 0 ? ", in " : " > ").append(flow.tunnel(i));
        }
        out.append('\n');
    }

    /** {@code 172.16.16.128.3363 > 67.228.110.120.80}: client and server as tcpdump writes them. */
    static TextBuffer addresses(TextBuffer out, Flow flow) {
        address(out, flow, Side.CLIENT).append(" > ");
        return address(out, flow, Side.SERVER);
    }

    static TextBuffer address(TextBuffer out, Flow flow, Side side) {
        if (flow.ipVersion() == 4) {
            out.ipv4((int) flow.addressLow(side));
        } else {
            out.ipv6(flow.addressHigh(side), flow.addressLow(side));
        }
        return out.append('.').decimal(flow.port(side));
    }

    private TextBuffer label(TextBuffer out, Style.Role role, String label) {
        return label(out, style, role, label);
    }

    /** What a line of a flow begins with. */
    static TextBuffer label(TextBuffer out, Style style, Style.Role role, String label) {
        style.append(out.append("  "), role, label);
        return out.repeat(' ', LABEL_WIDTH - label.length());
    }
}
