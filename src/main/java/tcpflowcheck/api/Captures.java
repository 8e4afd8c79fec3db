package tcpflowcheck.api;

import java.nio.file.Path;

/** Captures in: files of the formats pcap and pcapng, compressed or not. */
public final class Captures {
    private Captures() {}

    /**
     * Reads a capture to its end; its flows are held in memory, some kilo-octets each.
     *
     * @throws UnreadableCaptureException if it can't be opened, is no capture, or is cut or corrupt
     */
    public static CapturedFlows read(Path file) {
        return Reading.of(file.toString(), file.toString(), null, -1);
    }

    /**
     * The same, of the frames alone that a filter lets pass.
     *
     * @param filter a pcap-filter expression, as tcpdump takes it; needs libpcap
     * @throws UnreadableCaptureException also if the filter is wrong, or libpcap is not installed
     */
    public static CapturedFlows read(Path file, String filter) {
        return Reading.of(file.toString(), file.toString(), filter, -1);
    }
}
