package tcpflowcheck.report.group;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowEnds;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.IpAddress;

/** What flows can have in common. */
public enum GroupKey {
    /** The server's address and port. */
    SERVER,
    /** The client's address. */
    CLIENT,
    /** The server's port. */
    PORT,
    /** The client's address and the server's with its port. */
    PAIR,
    /** That in which the flow began. */
    MINUTE,
    HOUR,
    /** The kinds of the opening, the close and the reset. */
    OPEN,
    CLOSE,
    RESET,
    /** Each rule that was found: a flow is in the group of each. */
    FINDING;

    /** What stands for the flows that have none of it. */
    public static final String NONE = "none";

    /** The word for it on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its groups follow one another in time. */
    public boolean isTime() {
        return this == MINUTE || this == HOUR;
    }

    /** What a flow has of it; several words where it is in several groups. */
    List<String> of(Flow flow, StartTimes times) {
        Connection connection = flow.connection();
        return switch (this) {
            case SERVER, CLIENT, PORT, PAIR, MINUTE, HOUR -> List.of(ofEnds(flow, times));
            case OPEN -> List.of(connection.handshake().kind().toString());
            case CLOSE -> List.of(connection.closing().kind().toString());
            case RESET -> List.of(reset(connection.reset()));
            case FINDING -> findings(connection.findings().list());
        };
    }

    /** What a flow that went by the book has of it. */
    String of(PlainFlow flow, StartTimes times) {
        return switch (this) {
            case SERVER, CLIENT, PORT, PAIR, MINUTE, HOUR -> ofEnds(flow, times);
            case OPEN -> Handshake.Kind.THREE_WAY.toString();
            case CLOSE -> flow.closing().toString();
            case RESET, FINDING -> NONE;
        };
    }

    private String ofEnds(FlowEnds ends, StartTimes times) {
        return switch (this) {
            case SERVER -> end(ends, Side.SERVER);
            case CLIENT -> address(ends, Side.CLIENT);
            case PORT -> Integer.toString(ends.port(Side.SERVER));
            case PAIR -> address(ends, Side.CLIENT) + " > " + end(ends, Side.SERVER);
            case MINUTE -> times.minute(ends.start());
            default -> times.hour(ends.start());
        };
    }

    /** An address and a port: {@code 10.0.0.5:80}, {@code [2001:db8::5]:80}. */
    public static String end(FlowEnds ends, Side side) {
        String address = address(ends, side);
        return (ends.ipVersion() == 4 ? address : "[" + address + "]") + ":" + ends.port(side);
    }

    /** An end's address. */
    public static String address(FlowEnds ends, Side side) {
        return IpAddress.text(ends.ipVersion(), ends.addressHigh(side), ends.addressLow(side));
    }

    private static String reset(@Nullable Reset reset) {
        return reset == null ? NONE : reset.kind() + " by " + reset.by();
    }

    private static List<String> findings(List<Finding> found) {
        return found.isEmpty()
                ? List.of(NONE)
                : found.stream()
                        .map(finding -> finding.rule().slug())
                        .distinct()
                        .toList();
    }
}
