package tcpflowcheck.api;

/**
 * Given: an end of a connection.
 *
 * @param address IPv4 dotted, IPv6 as RFC 5952 writes it
 * @param port 0 to 65535
 */
public record Endpoint(String address, int port) {
    /** {@code 10.0.0.1:80}, {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }
}
