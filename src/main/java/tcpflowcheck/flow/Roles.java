package tcpflowcheck.flow;

import tcpflowcheck.wire.TcpSegment;

/** By what the roles of a flow were decided, once, at its first segment. */
public enum Roles {
    /** The sender of the SYN is the client. */
    SYN("syn"),
    /** The receiver of the SYN,ACK is the client. */
    SYN_ACK("syn-ack"),
    /** The lower port serves. */
    PORT("port"),
    /** The ports are equal: the first sender is the client. */
    FIRST("first");

    private final String text;

    Roles(String text) {
        this.text = text;
    }

    static Roles of(TcpSegment first) {
        if (first.isSyn() && !first.isRst()) {
            return first.isAck() ? SYN_ACK : SYN;
        }
        return first.sourcePort() == first.destinationPort() ? FIRST : PORT;
    }

    boolean senderIsClient(TcpSegment first) {
        return switch (this) {
            case SYN, FIRST -> true;
            case SYN_ACK -> false;
            case PORT -> first.sourcePort() > first.destinationPort();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
