package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

class IcmpLineTest {
    private static final int CODES = 18;

    @TempDir
    private Path directory;

    private static byte[] quoted() {
        return new SegmentBuilder()
                .ipv4("192.0.2.10", "198.51.100.20")
                .ports(40000, 443)
                .flags("S")
                .packet();
    }

    private static byte[] quoted6() {
        return new SegmentBuilder()
                .ipv6("2001:db8::1", "2001:db8::2")
                .ports(40000, 443)
                .flags("S")
                .packet();
    }

    private static String line(IcmpBuilder builder) {
        return line(builder.frame(1, 0));
    }

    private static String line(Frame frame) {
        PacketDecoder decoder = new PacketDecoder();
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.ICMP);
        TextBuffer out = new TextBuffer();
        IcmpLine.append(out, decoder.icmp());
        return out.toString();
    }

    @Test
    void asTcpdumpPrintsThem() {
        assertThat(line(IcmpBuilder.error("203.0.113.1", "192.0.2.10", 3, 4, quoted())
                        .rest(1400)
                        .quote(28)))
                .isEqualTo("IP 203.0.113.1 > 192.0.2.10: ICMP 198.51.100.20 unreachable - need to frag (mtu 1400),"
                        + " length 36");
        assertThat(line(IcmpBuilder.error("203.0.113.1", "192.0.2.10", 3, 3, quoted())))
                .isEqualTo("IP 203.0.113.1 > 192.0.2.10: ICMP 198.51.100.20 tcp port 443 unreachable, length 48");
        assertThat(line(IcmpBuilder.error("2001:db8::ff", "2001:db8::1", 1, 1, quoted6())))
                .isEqualTo("IP6 2001:db8::ff > 2001:db8::1: ICMP6, destination unreachable, "
                        + " unreachable prohibited 2001:db8::2, length 68");
    }

    @Test
    void everyTypeAndCodeAgainstTcpdump() throws IOException {
        String version = Tcpdump.version();
        assumeTrue(
                version != null && version.startsWith("tcpdump version 4.99."),
                "NOT RUN: tcpdump 4.99 is not installed, its lines are not compared");
        List<Frame> frames = new ArrayList<>();
        for (int code = 0; code < CODES; code++) {
            for (int type : new int[] {3, 4, 5, 11, 12}) {
                frames.add(IcmpBuilder.error("203.0.113.1", "192.0.2.10", type, code, quoted())
                        .rest(0x0a00_0578)
                        .frame(frames.size() + 1, 0));
            }
            for (int type = 1; type <= 4; type++) {
                if (type != 1 || code <= 4) { // of those that it does not know tcpdump dumps the octets
                    frames.add(IcmpBuilder.error("2001:db8::ff", "2001:db8::1", type, code, quoted6())
                            .rest(1280)
                            .frame(frames.size() + 1, 0));
                }
            }
        }
        frames.add(
                IcmpBuilder.error("203.0.113.1", "192.0.2.10", 3, 4, quoted()).frame(frames.size() + 1, 0));
        byte[] cut =
                IcmpBuilder.error("203.0.113.1", "192.0.2.10", 3, 1, quoted()).build();
        Frame snapped = new Frame();
        snapped.wrap(Frame.words(cut), 0, cut.length - 4, cut.length, 1, frames.size() + 1, 0);
        frames.add(snapped);
        Path capture = directory.resolve("errors.pcap");
        Tcpdump.write(capture, frames);
        List<String> ours = frames.stream().map(IcmpLineTest::line).toList();
        List<String> theirs = Tcpdump.lines(capture, "UTC", "-t");
        for (int i = 0; i < frames.size(); i++) {
            assertThat(ours.get(i)).as("frame %d", i + 1).isEqualTo(theirs.get(i));
        }
    }
}
