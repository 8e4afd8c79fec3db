package tcpflowcheck.tcp;

import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.IpAddress;

/**
 * What one sender of ICMP errors said of an end's segments, and how often. Given, once the connection has ended.
 */
public final class IcmpSaid {
    private final Side side;
    private final long frame;
    private final long time;
    private final int ipVersion;
    private final long senderHigh;
    private final long senderLow;
    private final boolean byPeer;
    private final int type;
    private final int code;
    private final long size;
    private final boolean tooBig;
    private final int quotedLength;
    private final String words;
    private final boolean sent;
    private int count;

    IcmpSaid(Side side, IcmpError first, boolean sent) {
        this.side = side;
        frame = first.frame();
        time = first.time();
        ipVersion = first.ipVersion();
        senderHigh = first.sourceHigh();
        senderLow = first.sourceLow();
        byPeer = first.ipVersion() == first.quotedVersion()
                && senderHigh == first.quotedDestinationHigh()
                && senderLow == first.quotedDestinationLow();
        type = first.type();
        code = first.code();
        size = first.size();
        tooBig = first.isTooBig();
        quotedLength = first.quotedIpLength();
        words = first.words();
        this.sent = sent;
        count = 1;
    }

    /** Whether an error says the same, from the same address. */
    boolean isSameAs(Side side, IcmpError error, boolean sent) {
        return this.side == side
                && this.sent == sent
                && type == error.type()
                && code == error.code()
                && size == error.size()
                && ipVersion == error.ipVersion()
                && senderHigh == error.sourceHigh()
                && senderLow == error.sourceLow();
    }

    void again() {
        count++;
    }

    /** {@code fragmentation needed (ICMP 3/4): at most 1400 octets pass, 1500 do not}. */
    public String text() {
        String text = words + (ipVersion == 6 ? " (ICMPv6 " : " (ICMP ") + type + "/" + code + ")";
        if (!tooBig) {
            return text;
        }
        text += size > 0 ? ": at most " + size + " octets pass" : ": it does not say what passes";
        return quotedLength > 0 ? text + ", " + quotedLength + " do not" : text;
    }

    /** {@code 203.0.113.1}, with a word if that is the address which the segment was sent to. */
    public String sender() {
        return address() + (byPeer ? ", the " + side.peer() + "'s own address" : "");
    }

    /** The address it came from. */
    public String address() {
        return IpAddress.text(ipVersion, senderHigh, senderLow);
    }

    /** Whose segment it quotes. */
    public Side side() {
        return side;
    }

    /** The first time. */
    public long frame() {
        return frame;
    }

    /** Nanoseconds since the epoch, the first time. */
    public long time() {
        return time;
    }

    /** 4 for ICMP, 6 for ICMPv6. */
    public int ipVersion() {
        return ipVersion;
    }

    public long senderHigh() {
        return senderHigh;
    }

    public long senderLow() {
        return senderLow;
    }

    public int type() {
        return type;
    }

    public int code() {
        return code;
    }

    /** What type and code mean. */
    public String words() {
        return words;
    }

    /** The largest packet that would pass, octets; 0 if it does not say. */
    public long size() {
        return size;
    }

    /** Whether the number that it quotes lies in what the end has sent (RFC 5927, section 4.1); else it is not believed. */
    public boolean sent() {
        return sent;
    }

    public int count() {
        return count;
    }
}
