package tcpflowcheck.report.choice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;

/**
 * Given: the addresses of one network: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address.
 *
 * @param bits of the prefix
 */
record Network(int version, long high, long low, int bits) {
    /** Digits alone: no name is ever looked up. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** The client, the server or either is in one of them. */
    static Term term(String values, boolean client, boolean server) throws ChoiceException {
        List<Network> networks = new ArrayList<>();
        for (String each : values.split(",", -1)) {
            networks.add(of(each));
        }
        return flow -> (client && isIn(networks, flow, Side.CLIENT)) || (server && isIn(networks, flow, Side.SERVER));
    }

    private static boolean isIn(List<Network> networks, Flow flow, Side side) {
        for (Network each : networks) {
            if (each.has(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side))) {
                return true;
            }
        }
        return false;
    }

    static Network of(String text) throws ChoiceException {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String prefix = slash < 0 ? null : text.substring(slash + 1);
        if (!ADDRESS.matcher(address).matches() || (prefix != null && !prefix.matches("\\d{1,3}"))) {
            throw wrong(text);
        }
        byte[] octets;
        try {
            octets = InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException noAddress) {
            throw wrong(text);
        }
        boolean six = address.indexOf(':') >= 0;
        int most = six ? Long.SIZE * 2 : Integer.SIZE;
        int bits = prefix == null ? most : Integer.parseInt(prefix);
        if (bits > most) {
            throw wrong(text);
        }
        if (!six) {
            return new Network(4, 0, ByteBuffer.wrap(octets).getInt() & 0xffff_ffffL, bits);
        }
        if (octets.length == 4) { // ::ffff:1.2.3.4, of which Java makes an address of IPv4
            return new Network(6, 0, 0xffffL << 32 | (ByteBuffer.wrap(octets).getInt() & 0xffff_ffffL), bits);
        }
        ByteBuffer wide = ByteBuffer.wrap(octets);
        return new Network(6, wide.getLong(), wide.getLong(), bits);
    }

    private static ChoiceException wrong(String text) {
        return new ChoiceException(text, "expected an address or a network: 10.0.0.0/8 or 2001:db8::/32", List.of());
    }

    private boolean has(int ipVersion, long addressHigh, long addressLow) {
        if (ipVersion != version) {
            return false;
        }
        if (version == 4) {
            return same(addressLow, low, bits, Integer.SIZE);
        }
        return same(addressHigh, high, Math.min(bits, Long.SIZE), Long.SIZE)
                && same(addressLow, low, Math.max(bits - Long.SIZE, 0), Long.SIZE);
    }

    private static boolean same(long one, long other, int bits, int width) {
        return bits == 0 || (one ^ other) >>> (width - bits) == 0;
    }
}
