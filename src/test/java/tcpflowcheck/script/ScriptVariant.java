package tcpflowcheck.script;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.LinkType;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/**
 * One way to put a script on the wire. What a script expects holds in all of them.
 *
 * @param clientIsn the client's initial sequence number, and the server's
 * @param copies how often each segment is captured
 */
record ScriptVariant(String name, boolean swapped, Network network, long clientIsn, long serverIsn, int copies) {
    /** The headers below TCP. */
    enum Network {
        IPV4,
        IPV6,
        VLAN,
        REVERSED_ADDRESSES
    }

    private static final long COPY_NANOS = 10_000;

    static List<ScriptVariant> all(boolean mayBeSwapped) {
        List<ScriptVariant> all = new ArrayList<>();
        for (Network network : Network.values()) {
            for (int swapped = 0; swapped <= (mayBeSwapped ? 1 : 0); swapped++) {
                for (int copies = 1; copies <= 2; copies++) {
                    String name = network + (swapped == 1 ? ", sides swapped" : "") + (copies == 2 ? ", twice" : "");
                    all.add(new ScriptVariant(name, swapped == 1, network, 1_000_000, 5_000_000, copies));
                    all.add(new ScriptVariant(
                            name + ", ISN wraps", swapped == 1, network, 0xffff_ffffL, 0xffff_fff0L, copies));
                }
            }
        }
        return all;
    }

    static ScriptVariant plain() {
        return new ScriptVariant("IPV4", false, Network.IPV4, 1_000_000, 5_000_000, 1);
    }

    /** Nanoseconds between a segment and its copy. */
    static long copyAfter() {
        return COPY_NANOS;
    }

    /** The frame of a line; {@code identification} is its sender's counter. */
    SegmentBuilder frame(PacketScript.Line line, int identification) {
        boolean client = line.side() == 'C';
        SegmentBuilder builder = new SegmentBuilder().link(LinkType.EN10MB.number());
        if (network == Network.IPV6) {
            builder.ipv6("fd00::1", "fd00::2");
        } else if (network == Network.REVERSED_ADDRESSES) {
            builder.ipv4("10.0.0.9", "10.0.0.2");
        } else {
            builder.ipv4("10.0.0.1", "10.0.0.2");
        }
        builder.ports(40000, 80);
        if (network == Network.VLAN) {
            builder.vlan(7);
        }
        if (!client) {
            builder.reverse();
        }
        if (network != Network.IPV6) {
            builder.id(identification);
        }
        long own = client ? clientIsn : serverIsn;
        long other = client ? serverIsn : clientIsn;
        builder.seq(own + line.seq() & 0xffff_ffffL).ttl(line.timeToLive()).window(line.window());
        if (line.ack() != null) {
            builder.ack(other + line.ack() & 0xffff_ffffL);
        }
        builder.flags(flags(line.flags()));
        if (line.length() > 0) {
            builder.payload(line.length());
        }
        ScriptOptions.add(builder, line, other);
        return builder;
    }

    /** A router's ICMP error that quotes the segment of a line, eight octets of it or all; {@code identification} is its own. */
    IcmpBuilder error(PacketScript.Line line, int quotedIdentification, int identification) {
        byte[] packet = frame(line, quotedIdentification).packet();
        boolean six = network == Network.IPV6;
        IcmpBuilder error = error(line, six ? "fd00::ffff" : "203.0.113.1", packet);
        error.id(identification);
        if (network == Network.VLAN) {
            return error.vlan(7);
        }
        return error.quote(six ? 48 : 28);
    }

    /** The ICMP error of a line from a router, all of the packet in it. */
    static IcmpBuilder error(PacketScript.Line line, String router, byte[] packet) {
        boolean six = router.indexOf(':') >= 0;
        String[] words = line.icmp().split(":");
        return switch (words[0]) {
            case "net" -> IcmpBuilder.answer(router, six ? 1 : 3, 0, packet);
            case "host" -> IcmpBuilder.answer(router, six ? 1 : 3, six ? 3 : 1, packet);
            case "port" -> IcmpBuilder.answer(router, six ? 1 : 3, six ? 4 : 3, packet);
            case "prohibited" -> IcmpBuilder.answer(router, six ? 1 : 3, six ? 1 : 13, packet);
            case "ttl" -> IcmpBuilder.answer(router, six ? 3 : 11, 0, packet);
            case "too-big" ->
                IcmpBuilder.answer(router, six ? 2 : 3, six ? 0 : 4, packet).rest(Long.parseLong(words[1]));
            default -> throw new IllegalArgumentException("no such ICMP error: " + line.icmp());
        };
    }

    private static int flags(String letters) {
        int flags = 0;
        if (!letters.equals("none")) {
            for (int i = 0; i < letters.length(); i++) {
                char letter = letters.charAt(i);
                flags |= 1 << TcpSegment.FLAG_LETTERS.indexOf(letter);
            }
        }
        return flags;
    }
}
