package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

class SegmentLineTest {
    @Test
    void linesAreThoseThatTcpdumpPrinted() throws IOException {
        List<String> actual = Lines.of(SegmentVectors.all(), new SegmentLine(false), null);

        assertThat(actual).containsExactlyElementsOf(printedByTcpdump());
    }

    static List<String> printedByTcpdump() throws IOException {
        try (InputStream in = SegmentLineTest.class.getResourceAsStream("segment-lines.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void absoluteNumbersStayAbsolute() {
        SegmentBuilder client = segment().sack(7, 9);

        assertThat(Lines.of(
                        List.of(client.frame(1, 0), client.seq(4294967295L).frame(2, 0)), new SegmentLine(true), null))
                .containsExactly(
                        "IP 10.0.0.1.1000 > 10.0.0.2.20000: Flags [.], seq 5:6, ack 6, win 65535,"
                                + " options [sack 1 {7:9},eol], length 1",
                        "IP 10.0.0.1.1000 > 10.0.0.2.20000: Flags [.], seq 4294967295:0, ack 6, win 65535,"
                                + " options [sack 1 {7:9},eol], length 1");
    }

    /** As tcpdump 4.99.5 and later print it. */
    @Test
    void accurateEcnIsTheLastFlag() {
        assertThat(line(segment().flags("S.EWe"))).contains(" Flags [S.EWe], seq 5:6, ");
        assertThat(line(segment().flags("e"))).contains(" Flags [e], seq 5:6, win ");
    }

    @Test
    void lengthOfAnOffloadedSegmentIsTheFrames() {
        assertThat(line(segment().payload(3000).ipLength(0))).endsWith("seq 5:3005, ack 6, win 65535, length 3000");
    }

    @Test
    void applicationTextIsLeftOut() {
        assertThat(line(segment().ports(1000, 80).payload("GET / HTTP/1.1\r\n\r\n")))
                .endsWith(", length 18");
    }

    @Test
    void nothingIsAllocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Frame> frames = SegmentVectors.all();
        PacketDecoder decoder = new PacketDecoder();
        SegmentLine line = new SegmentLine(false);
        TimeFormat time = new TimeFormat(TimeFormat.Style.DATE_AND_TIME, false, TimeZone.getTimeZone("UTC"));
        RelativeBase base = new RelativeBase();
        TextBuffer out = new TextBuffer();

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 500 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < frames.size(); i++) {
                decoder.decode(frames.get(i));
                out.clear();
                time.append(out, i * 1_000_000_007L);
                line.append(out, decoder.segment(), base);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isZero();
    }

    private static SegmentBuilder segment() {
        return new SegmentBuilder().ports(1000, 20_000).flags(".").seq(5).ack(6).payload(1);
    }

    /** The length of PPPoE ends the payload before the packet's own does; tcpdump has "PPPoE [ses 1]" before the line. */
    @Test
    void octetsThatTheLinkDoesNotCarryAreMissing() {
        byte[] link = HexFormat.of().parseHex("020000000002020000000001886411000001002a0021");
        ByteBuffer octets =
                ByteBuffer.allocate(100).put(link).put(segment().payload(6).packet());
        Frame padded = new Frame();
        padded.wrap(Frame.words(octets.array()), 0, octets.position(), octets.position(), 1, 1, 0);

        assertThat(Lines.of(List.of(padded), new SegmentLine(false), null))
                .containsExactly(
                        "IP truncated-ip - 6 bytes missing! 10.0.0.1.1000 > 10.0.0.2.20000: Flags [.], seq 5:11,"
                                + " ack 6, win 65535, length 6");
    }

    private static String line(SegmentBuilder segment) {
        return Lines.of(List.of(segment.frame(1, 0)), new SegmentLine(false), null)
                .get(0);
    }
}
