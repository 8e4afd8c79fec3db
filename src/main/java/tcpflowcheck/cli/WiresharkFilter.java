package tcpflowcheck.cli;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows a filter that is written in Wireshark's language of display filters, not in pcap-filter's. */
final class WiresharkFilter {
    private WiresharkFilter() {}

    /** What to say of a file that is not there and may be meant as a filter, or nothing. */
    static String hintOfFile(String name) {
        if (!hint(name).isEmpty()) {
            return " (this looks like a display filter of Wireshark; a filter is given with -f, in pcap-filter's language: -f 'tcp port 80')";
        }
        boolean filter = Pattern.compile("(tcp|udp|ip|ip6|host|net|port|portrange|src|dst|vlan|icmp|not|and|or)( .*)?")
                .matcher(name)
                .matches();
        return filter ? " (a filter is given with -f: -f 'tcp port 80')" : "";
    }

    /** What to say of an expression that libpcap does not take, or nothing. */
    static String hint(@Nullable String expression) {
        if (expression == null) {
            return "";
        }
        boolean fields = Pattern.compile("\\b(tcp|ip|ipv6|frame|eth|http|tls|dns)\\.[a-z]+")
                .matcher(expression)
                .find();
        boolean words = Pattern.compile("==|\\b(eq|contains|matches)\\b")
                .matcher(expression)
                .find();
        return fields || words
                ? " (this looks like a display filter of Wireshark; here it is pcap-filter's language: 'tcp port 80')"
                : "";
    }
}
