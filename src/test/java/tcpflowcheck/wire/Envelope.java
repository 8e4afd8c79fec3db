package tcpflowcheck.wire;

/**
 * One segment in every envelope: a link, a type behind Ethernet, a protocol in IP, a port of UDP.
 *
 * @param tunnel what is told of it, if it is one: {@code gre 7}; or the name of what is not opened
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Envelope(String row, int linkType, byte[] octets, String tunnel) {
    @Override
    public String toString() {
        return row;
    }
}
