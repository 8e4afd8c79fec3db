package tcpflowcheck.report;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.SentOptions;
import tcpflowcheck.tcp.Side;

/**
 * What is not in use though an end offered it, as a line: {@code off     window scaling, SACK: the client alone offers
 * that}. An end that does not know it is as likely as a device that took it out.
 */
final class OfferedText {
    private OfferedText() {}

    static void append(TextBuffer out, Style style, Connection connection) {
        SentOptions client = connection.client().options();
        SentOptions server = connection.server().options();
        if (!client.whole() || !server.whole()) {
            return;
        }
        append(out, style, Side.CLIENT, client, server);
        append(out, style, Side.SERVER, server, client);
    }

    private static void append(TextBuffer out, Style style, Side side, SentOptions own, SentOptions peers) {
        boolean scaling = own.windowShift() >= 0 && peers.windowShift() < 0;
        boolean sack = own.sackPermitted() && !peers.sackPermitted();
        if (!scaling && !sack) {
            return;
        }
        FlowHeader.label(out, style, Style.Role.DIM, "off").append(scaling ? "window scaling" : "");
        out.append(scaling && sack ? ", " : "").append(sack ? "SACK" : "").append(": the ");
        style.append(out, side).append(" alone offers that\n");
    }
}
