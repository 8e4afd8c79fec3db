package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.tcp.TransitionLog;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Each flow as one line of a table: what is well is quiet, what is wrong is coloured, the worst that was found first. */
final class TableText implements TextView {
    private final TextChoices choices;
    private final OutputStream stream;
    private final TableColumns columns;
    /** What the rows are sorted by, and shown in a column of its own; or null. */
    private final @Nullable SortKey sort;

    private final Style style;
    private final TextBuffer out = new TextBuffer(512);
    private final TextBuffer cell = new TextBuffer(128);
    private boolean begun;

    TableText(TextChoices choices, OutputStream stream) {
        this.choices = choices;
        this.stream = stream;
        style = choices.style();
        sort = choices.sort() == SortKey.START ? null : choices.sort();
        columns = TableColumns.of(choices.width(), sort == null ? null : sort.title());
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) throws IOException {
        if (!choices.only().has(flow)) {
            return;
        }
        if (!begun) {
            begun = true;
            title();
        }
        row(flow, false);
        out.drainTo(stream);
    }

    /** The titles of the columns. */
    void title(TextBuffer to) {
        title();
        out.copyTo(to);
        out.clear();
    }

    /** The line of a flow, which may be alive: its states stand then where its close will. */
    void row(TextBuffer to, Flow flow, boolean alive) {
        row(flow, alive);
        out.copyTo(to);
        out.clear();
    }

    /** Whether no flow was told. */
    boolean isEmpty() {
        return !begun;
    }

    private void title() {
        style.begin(out, Style.Role.DIM);
        right("stream", TableColumns.STREAM);
        column("client > server", columns.ends());
        column(columns.close() == 0 ? "verdict" : "open", columns.open());
        if (columns.close() > 0) {
            column("close", columns.close());
        }
        if (columns.measure() > 0) {
            right((sort == null ? SortKey.FIRST_OCTET : sort).title(), TableColumns.GAP + columns.measure());
        }
        if (columns.octets() > 0) {
            right("out", TableColumns.GAP + columns.octets());
            right("in", TableColumns.GAP + columns.octets());
        }
        if (columns.found() != TableColumns.NO_FOUND) {
            out.repeat(' ', TableColumns.GAP).append("found");
        }
        style.end(out).append('\n');
    }

    private void right(String text, int width) {
        out.repeat(' ', width - text.length()).append(text);
    }

    private void column(String text, int width) {
        out.repeat(' ', TableColumns.GAP).append(text).repeat(' ', width - text.length());
    }

    private void row(Flow flow, boolean alive) {
        style.begin(out, Style.Role.DIM).right(flow.stream(), TableColumns.STREAM);
        style.end(out).repeat(' ', TableColumns.GAP);
        ends(flow);
        Connection connection = flow.connection();
        if (alive) {
            open(flow, columns.close() > 0 ? columns.open() : 0);
            states(connection, columns.close() > 0 ? columns.close() : columns.open());
        } else if (columns.close() > 0) {
            open(flow, columns.open());
            close(connection, columns.close());
        } else if (VerdictText.role(connection.handshake().kind()) == Style.Role.WARNING) {
            open(flow, columns.open());
        } else {
            close(connection, columns.open());
        }
        if (columns.measure() > 0) {
            measure(flow);
        }
        if (columns.octets() > 0) {
            octets(connection.client().traffic().octets());
            octets(connection.server().traffic().octets());
        }
        found(connection.findings().list());
        int end = out.length();
        while (out.octetAt(end - 1) == ' ') {
            end--;
        }
        out.truncate(end);
        out.append('\n');
    }

    /** {@code ESTABLISHED}, or what each end is in. */
    private void states(Connection connection, int width) {
        String client = state(connection, Side.CLIENT);
        String server = state(connection, Side.SERVER);
        String text = Shortened.to(width, client.equals(server) ? client : client + "/" + server);
        style.append(out.repeat(' ', TableColumns.GAP), Style.Role.STATE, text).repeat(' ', width - text.length());
    }

    private static String state(Connection connection, Side side) {
        TransitionLog log = connection.log();
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.side(i) == side && !log.revised(i)) {
                return log.arrow(i).to().toString();
            }
        }
        TcpState first = connection.endpoint(side).initial();
        return first == null ? "" : first.toString();
    }

    /** Where both do not fit, the longer loses what is in its middle, or both do. */
    private void ends(Flow flow) {
        cell.clear();
        FlowHeader.address(cell, flow, Side.CLIENT);
        String client = cell.toString();
        cell.clear();
        FlowHeader.address(cell, flow, Side.SERVER);
        String server = cell.toString();
        int room = columns.ends() - 3;
        if (client.length() + server.length() > room && choices.width() > 0) {
            int half = room / 2;
            int forClient = server.length() < half ? room - server.length() : Math.min(client.length(), half);
            client = Shortened.to(Math.max(forClient, half), client);
            server = Shortened.to(room - client.length(), server);
        }
        out.append(client).append(" > ").append(server);
        out.repeat(' ', columns.ends() - 3 - client.length() - server.length());
    }

    /** @param width 0 if there is no such column */
    private void open(Flow flow, int width) {
        if (width == 0) {
            return;
        }
        Handshake handshake = flow.connection().handshake();
        String kind = handshake.kind().toString();
        cell.clear();
        long nanos = openNanos(flow, handshake);
        if (columns.times() && nanos >= 0) {
            Amount.duration(cell, nanos);
        }
        out.repeat(' ', TableColumns.GAP);
        verdict(VerdictText.role(handshake.kind()), kind, handshake.certain());
        int used = kind.length() + (handshake.certain() ? 0 : 1);
        out.repeat(' ', width - used - cell.length());
        cell.copyTo(out);
    }

    /** What the opening took, or how long it was tried; -1 if that is not known. */
    private static long openNanos(Flow flow, Handshake handshake) {
        return switch (handshake.kind()) {
            case THREE_WAY, FAST_OPEN ->
                handshake.ackNanos() < 0 || handshake.synAckNanos() < 0
                        ? -1
                        : handshake.synAckNanos() + handshake.ackNanos();
            case REFUSED -> handshake.synAckNanos();
            case UNANSWERED, HALF_OPEN -> flow.durationNanos() == 0 ? -1 : flow.durationNanos();
            default -> -1;
        };
    }

    private void verdict(Style.Role role, String text, boolean certain) {
        if (role == Style.Role.GOOD) {
            out.append(text);
        } else {
            style.append(out, role, text);
        }
        style.mark(out, certain);
    }

    private void close(Connection connection, int width) {
        Closing closing = connection.closing();
        String text = closeText(connection, width);
        out.repeat(' ', TableColumns.GAP);
        int used = text.length();
        if (!text.isEmpty()) {
            boolean certain = isCertain(connection);
            verdict(VerdictText.role(closing.kind()), text, certain);
            used += certain ? 0 : 1;
        }
        out.repeat(' ', width - used);
    }

    /** Of the kinds: a state in doubt is marked where states are shown. */
    private static boolean isCertain(Connection connection) {
        Closing closing = connection.closing();
        Reset reset = closing.kind() == Closing.Kind.RESET ? connection.reset() : null;
        return closing.certain() && (reset == null || reset.certain());
    }

    /** {@code four-segment by client}, {@code reset by server: abort}, or as much of it as fits. */
    private static String closeText(Connection connection, int width) {
        Closing closing = connection.closing();
        Closing.Kind kind = closing.kind();
        if (kind == Closing.Kind.NONE) {
            return "";
        }
        Reset reset = kind == Closing.Kind.RESET ? connection.reset() : null;
        String by = closing.by() == null ? "" : " by " + closing.by();
        String whole = reset == null ? kind + by : kind + by + ": " + reset.kind();
        if (whole.length() < width) {
            return whole;
        }
        String less = reset == null ? kind.toString() : kind + ": " + reset.kind();
        return less.length() < width ? less : kind.toString();
    }

    private void measure(Flow flow) {
        SortKey shown = sort == null ? SortKey.FIRST_OCTET : sort;
        long seen = shown.rank(flow);
        cell.clear();
        if (seen >= 0 && shown.isTime()) {
            Amount.duration(cell, seen);
        } else if (seen >= 0 && shown.isOctets()) {
            Amount.octets(cell, seen);
        } else if (seen >= 0) {
            Amount.grouped(cell, seen);
        }
        out.repeat(' ', TableColumns.GAP + columns.measure() - cell.length());
        cell.copyTo(out);
    }

    private void octets(long octets) {
        cell.clear();
        Amount.octets(cell, octets);
        out.repeat(' ', TableColumns.GAP + columns.octets() - cell.length());
        cell.copyTo(out);
    }

    private void found(List<Finding> findings) {
        if (findings.isEmpty() || columns.found() == TableColumns.NO_FOUND) {
            return;
        }
        List<Finding> worstFirst = FoundText.worstFirst(findings);
        int room = columns.found() == 0 ? Integer.MAX_VALUE : columns.found();
        out.repeat(' ', TableColumns.GAP);
        int used = 0;
        for (int i = 0; i < worstFirst.size(); i++) {
            String slug = worstFirst.get(i).rule().slug();
            int rest = worstFirst.size() - i - 1;
            int more = rest == 0 ? 0 : 3 + Integer.toString(rest).length(); // of ", +9"
            if (i > 0 && used + 2 + slug.length() + more > room) {
                out.append(", +").decimal(rest + 1);
                return;
            }
            used += slug.length() + (i > 0 ? 2 : 0);
            out.append(i > 0 ? ", " : "");
            String shown = i == 0 && used + more > room ? Shortened.to(room - more, slug) : slug;
            style.append(out, Style.of(worstFirst.get(i).severity()), shown);
        }
    }
}
