package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * What the client has asked since the server last spoke, and how long it waits for the answer. Only the client asks: a
 * server's greeting, and an answer behind which the connection is kept open, wait for nothing.
 */
final class Request {
    /** Who never gets an octet back and sends more than an initial window (RFC 6928) sends logs, not a request. */
    private static final int MOST_SEGMENTS = 10;

    private static final int MOST_OCTETS = 14_600;

    /** What the client had got of the server when it asked. */
    private int ack;

    private long frame;
    private long time;
    private int segments;
    private long octets;
    private long lastTime;

    /** It asked again after a pause: that is a stream of messages which want no answer. */
    private boolean hasPaused;

    /** Where the client gave up, or frame 0. */
    private long endFrame;

    private long waitedNanos;
    private String end = "";
    private long endTime;

    /** The server closed as well, at once and in order, as who has read all of it and owes nothing. */
    private boolean closedInOrder;

    /** The client sends text; the ends have not moved yet. */
    void sends(Endpoint client, TcpSegment text) {
        int next = text.seq() + text.length();
        if (client.sndNxtKnown() && SeqNumber.le(next, client.sndNxt())) {
            return;
        }
        if (segments == 0 || text.ack() != ack) {
            ack = text.ack();
            frame = text.frame();
            time = text.time();
            segments = 0;
            octets = 0;
            hasPaused = false;
        } else {
            hasPaused |= text.time() - lastTime >= Connection.FIRST_TIMEOUT_NANOS;
        }
        segments++;
        octets += text.length();
        lastTime = text.time();
        endFrame = 0;
        closedInOrder = false;
    }

    /** The client sends a FIN without text, or an RST; the ends have not moved yet. */
    void closes(Endpoint client, TcpSegment last) {
        long since = Math.max(client.drainedAt, lastTime);
        boolean waited = segments > 0 && last.time() - since >= Connection.FIRST_TIMEOUT_NANOS;
        boolean acknowledged = client.sndNxtKnown() && client.sndUna() == client.sndNxt();
        boolean mayBeAnswered = !client.peer().finSent()
                && !client.connection.analysis().sent(client.side()).closed.isClosed();
        if (waited && acknowledged && endFrame == 0 && mayBeAnswered) {
            endFrame = last.frame();
            waitedNanos = last.time() - since;
            end = last.isRst() ? "RST" : "FIN";
            endTime = last.time();
        }
    }

    /** The server sends a FIN. */
    void serverCloses(Endpoint server, TcpSegment fin) {
        long soon = Connection.FIRST_TIMEOUT_NANOS + server.connection.roundTripNanos();
        closedInOrder |= endFrame != 0 && fin.length() == 0 && fin.time() - endTime <= soon;
    }

    /** Nothing more is to come. */
    void end(Connection connection) {
        Endpoint server = connection.server();
        if (endFrame == 0
                || hasPaused
                || !server.sndNxtKnown()
                || server.traffic().packets() == 0) {
            return;
        }
        boolean onlyFin = server.finSent() && server.sndNxt() == server.finSeq() + 1; // else octets are beyond it
        int sent = onlyFin ? server.finSeq() : server.sndNxt();
        int got = connection.client().rcvNxt() - (connection.client().hasPeersFin() ? 1 : 0);
        boolean answered = SeqNumber.gt(sent, ack) || SeqNumber.gt(got, ack);
        boolean oneWay = server.traffic().octets() == 0 && (segments > MOST_SEGMENTS || octets > MOST_OCTETS);
        boolean inOrder = closedInOrder && end.equals("FIN") && connection.reset() == null;
        if (answered || oneWay || inOrder) {
            return;
        }
        String message = octets + " octets of frame " + frame + " were acknowledged, and in " + Span.text(waitedNanos)
                + " no octet came back; then its " + end + " in frame " + endFrame;
        connection.sumUp(TcpEvent.Found.of(Rule.REQUEST_UNANSWERED, Side.CLIENT, frame, time, message), true);
    }
}
