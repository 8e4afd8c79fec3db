package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowNotes;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.SentOptions;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TransitionLog;

/** Kept by one reporter: the verdict on a flow, as the lines in front of its evidence. */
final class FlowHeader {
    private static final int LABEL_WIDTH = 8;
    private static final int VERDICT_WIDTH = 41;
    private static final int LEAST_GAP = 3;
    private static final int LINE_WIDTH = 100;

    private static final int MAX_COMMENTS = 5;

    /** Frames of a finding that are named. */
    private static final int MAX_FRAMES = 3;

    private final Style style;
    private final OpenText openText = new OpenText();
    private final TextBuffer rest = new TextBuffer(256);

    private final CaptureNotes notes;

    /**
     * Starts with nothing told.
     *
     * @param notes what the capture says, if that and each end's numbers are wanted, else null
     */
    FlowHeader(Style style, CaptureNotes notes) {
        this.style = style;
        this.notes = notes;
    }

    void append(TextBuffer out, Flow flow) {
        Connection connection = flow.connection();
        title(out, flow);
        verdict(out, flow);
        path(out, connection.client(), connection.log());
        path(out, connection.server(), connection.log());
        if (notes != null) {
            TrafficText.append(out, connection, LABEL_WIDTH + 2);
            captured(out, flow);
            names(out, flow);
        }
        found(out, connection.findings().list());
        comments(out, flow.notes().comments());
    }

    /** How it was opened and closed. */
    void verdict(TextBuffer out, Flow flow) {
        Connection connection = flow.connection();
        open(out, flow);
        close(out, connection);
        Reset reset = connection.reset();
        if (reset != null && !connection.wasSynchronized() && reset.kind() != Reset.Kind.REFUSED) {
            reset(out, reset);
        }
    }

    /** Where it was captured, as far as the capture says. */
    private void captured(TextBuffer out, Flow flow) {
        List<String> interfaces = flow.notes().interfaces();
        Side side = flow.capturedAt();
        if (side == null && interfaces.isEmpty()) {
            return;
        }
        label(out, Style.Role.DIM, "tap");
        if (side != null) {
            style.append(out.append("at the "), side);
        }
        for (int i = 0; i < interfaces.size(); i++) {
            out.append(i > 0 ? ", " : side == null ? "on " : ", on ").append(SafeText.of(interfaces.get(i)));
        }
        out.append('\n');
    }

    private void names(TextBuffer out, Flow flow) {
        boolean any = false;
        for (Side side : Side.values()) {
            String name = notes.name(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side));
            if (name != null) {
                style.append(any ? out.append(", ") : label(out, Style.Role.DIM, "names"), side);
                out.append(' ').append(SafeText.of(name));
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
            out.append(SafeText.ofLines(comments.get(i).text())).append('\n');
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

    private static TextBuffer address(TextBuffer out, Flow flow, Side side) {
        if (flow.ipVersion() == 4) {
            out.ipv4((int) flow.addressLow(side));
        } else {
            out.ipv6(flow.addressHigh(side), flow.addressLow(side));
        }
        return out.append('.').decimal(flow.port(side));
    }

    private TextBuffer label(TextBuffer out, Style.Role role, String label) {
        style.append(out.append("  "), role, label);
        return out.repeat(' ', LABEL_WIDTH - label.length());
    }

    // ---- open, close, reset

    private void open(TextBuffer out, Flow flow) {
        Handshake.Kind kind = flow.connection().handshake().kind();
        rest.clear();
        openText.append(rest, flow);
        label(out, Style.Role.DIM, "open");
        style.append(out, role(kind), kind.toString());
        rest.copyTo(out);
        int width = kind.toString().length() + rest.length();
        rest.clear();
        mss(rest, flow);
        if (rest.length() > 0) {
            out.repeat(' ', Math.max(VERDICT_WIDTH - width, LEAST_GAP));
            rest.copyTo(out);
        }
        out.append('\n');
    }

    private static Style.Role role(Handshake.Kind kind) {
        return switch (kind) {
            case THREE_WAY, FAST_OPEN, SIMULTANEOUS -> Style.Role.GOOD;
            case SPLIT, REFUSED, UNANSWERED, HALF_OPEN -> Style.Role.WARNING;
            case CUT, MIDSTREAM -> Style.Role.PLAIN_VERDICT;
        };
    }

    /** The client's, the server's, and if both are known what follows from them. */
    private static void mss(TextBuffer out, Flow flow) {
        SentOptions client = flow.connection().client().options();
        SentOptions server = flow.connection().server().options();
        boolean both = client.seen() && server.seen();
        if (!both && client.mss() < 0 && server.mss() < 0) {
            return;
        }
        mss(out.append("mss "), client);
        mss(out.append(" / "), server);
        if (both) {
            out.append(", using ").decimal(flow.connection().effectiveMss(flow.ipVersion()));
        }
    }

    private static void mss(TextBuffer out, SentOptions options) {
        if (options.mss() < 0) {
            out.append('-');
        } else {
            out.decimal(options.mss());
        }
    }

    private void close(TextBuffer out, Connection connection) {
        Closing closing = connection.closing();
        Closing.Kind kind = closing.kind();
        if (kind == Closing.Kind.NONE) {
            return;
        }
        label(out, Style.Role.DIM, "close");
        style.append(out, role(kind), kind.toString());
        switch (kind) {
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS -> closed(out, closing);
            case HALF_CLOSED -> {
                style.append(out.append(" by "), closing.by());
                style.append(out.append(", no FIN of the "), closing.by().peer());
            }
            case UNACKNOWLEDGED -> unacknowledged(out, connection);
            case RESET -> {
                style.append(out.append(" by "), closing.by()).append(": ");
                resetText(out, connection.reset());
            }
            case CUT -> out.append(" by the end of the capture");
            case OPEN -> out.append(", no FIN or RST in the capture");
            case NONE -> {}
        }
        out.append('\n');
    }

    private static Style.Role role(Closing.Kind kind) {
        return switch (kind) {
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS -> Style.Role.GOOD;
            case UNACKNOWLEDGED, RESET -> Style.Role.WARNING;
            case CUT, HALF_CLOSED, OPEN, NONE -> Style.Role.PLAIN_VERDICT;
        };
    }

    private void closed(TextBuffer out, Closing closing) {
        if (closing.by() != null) {
            style.append(out.append(" by "), closing.by());
        }
        if (closing.nanos() >= 0) {
            Amount.duration(out.append(" in "), closing.nanos());
        }
        if (closing.halfClosedNanos() >= 0) {
            Amount.duration(out.append(", half-closed "), closing.halfClosedNanos());
        }
    }

    /** {@code unacknowledged FIN of the client}, or of both ends. */
    private void unacknowledged(TextBuffer out, Connection connection) {
        int ends = 0;
        Side side = connection.closing().by();
        for (Finding finding : connection.findings().list()) {
            if (finding.rule() == Rule.CLOSE_UNACKNOWLEDGED) {
                ends++;
                side = finding.side();
            }
        }
        if (ends == 2) {
            out.append(" FINs of both ends");
        } else if (side != null) {
            style.append(out.append(" FIN of the "), side);
        }
    }

    private void reset(TextBuffer out, Reset reset) {
        label(out, Style.Role.DIM, "reset");
        style.append(out.append("by "), reset.by()).append(": ");
        resetText(out, reset);
        out.append('\n');
    }

    private void resetText(TextBuffer out, Reset reset) {
        style.append(out, Style.Role.WARNING, reset.kind().toString()).append(" in ");
        style.append(out, Style.Role.STATE, reset.state().toString());
        out.append(", frame ").decimal(reset.frame());
    }

    // ---- paths and findings

    /** The states as believed at the end: transitions that were taken back are left out. */
    private void path(TextBuffer out, Endpoint end, TransitionLog log) {
        label(out, Style.of(end.side()), end.side().toString());
        out.append(end.initial().toString());
        for (int i = 0; i < log.size(); i++) {
            if (log.side(i) == end.side() && !log.revised(i)) {
                out.append(' ').append(log.arrow(i).to().toString());
            }
        }
        out.append('\n');
    }

    private static List<Finding> worstFirst(List<Finding> findings) {
        List<Finding> all = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            for (Finding finding : findings) {
                if (finding.severity() == severity) {
                    all.add(finding);
                }
            }
        }
        return all;
    }

    private void found(TextBuffer out, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        List<Finding> worstFirst = worstFirst(findings);
        label(out, Style.Role.DIM, "found");
        int column = 0;
        for (int i = 0; i < worstFirst.size(); i++) {
            rest.clear();
            frames(rest, worstFirst.get(i));
            String rule = worstFirst.get(i).rule().slug();
            String count = Amount.grouped(new TextBuffer(16), worstFirst.get(i).count()) + " ";
            int width = count.length() + rule.length() + rest.length();
            if (i > 0) {
                column += 2;
                out.append(',');
                if (column + width > LINE_WIDTH) {
                    out.append('\n').repeat(' ', LABEL_WIDTH + 2);
                    column = 0;
                } else {
                    out.append(' ');
                }
            }
            style.append(out.append(count), Style.of(worstFirst.get(i).severity()), rule);
            rest.copyTo(out);
            column += width;
        }
        out.append('\n');
    }

    /** {@code  (server, frames 7, 9, 12, ...)} */
    private static void frames(TextBuffer out, Finding finding) {
        out.append(" (").append(finding.side().toString());
        out.append(finding.count() == 1 ? ", frame " : ", frames ");
        int named = Math.min(finding.frameCount(), MAX_FRAMES);
        for (int i = 0; i < named; i++) {
            out.append(i == 0 ? "" : ", ").decimal(finding.frame(i));
        }
        out.append(finding.count() > named ? ", ...)" : ")");
    }
}
