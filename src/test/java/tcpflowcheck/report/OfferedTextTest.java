package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** What one end alone offers is off, and the first lines say so. */
class OfferedTextTest {
    private static final long START = 1_700_000_000_000_000_000L;

    @TempDir
    Path folder;

    private static SegmentBuilder syn() {
        return new SegmentBuilder().ports(40000, 80).seq(1000).flags("S").mss(1460);
    }

    private static SegmentBuilder synAck() {
        return new SegmentBuilder()
                .ports(40000, 80)
                .reverse()
                .seq(9000)
                .ack(1001)
                .flags("S.")
                .mss(1460);
    }

    private String told(SegmentBuilder syn, SegmentBuilder synAck, int snapLength) throws IOException {
        List<CapturedPacket> packets = List.of(packet(syn, 0, snapLength), packet(synAck, 20, snapLength));
        Path file = CaptureWriter.variants().get(0).write(packets, folder.resolve("x.pcap"));
        assertThat(Files.size(file)).isPositive();
        return Run.of(file.toString()).out();
    }

    private static CapturedPacket packet(SegmentBuilder segment, int millis, int snapLength) {
        byte[] octets = segment.build();
        byte[] captured = Arrays.copyOf(octets, Math.min(octets.length, snapLength));
        return new CapturedPacket(START + millis * 1_000_000L, segment.linkType(), octets.length, captured);
    }

    @Test
    void whatTheClientAloneOffers() throws IOException {
        assertThat(told(syn().windowScale(7).sackPermitted(), synAck(), 262144))
                .contains("\n  off     window scaling, SACK: the client alone offers that\n");
    }

    @Test
    void whatTheServerAloneOffers() throws IOException {
        assertThat(told(syn().sackPermitted(), synAck().windowScale(7).sackPermitted(), 262144))
                .contains("\n  off     window scaling: the server alone offers that\n");
    }

    @Test
    void whatBothOrNeitherOffers() throws IOException {
        assertThat(told(
                        syn().windowScale(0).sackPermitted(),
                        synAck().windowScale(7).sackPermitted(),
                        262144))
                .doesNotContain("  off  ");
        assertThat(told(syn(), synAck(), 262144)).doesNotContain("  off  ");
    }

    @Test
    void whatTheSnapLengthCutMayHaveBeenThere() throws IOException {
        SegmentBuilder cut = synAck().windowScale(7).sackPermitted();
        assertThat(told(syn().windowScale(7).sackPermitted(), cut, cut.build().length - 4))
                .doesNotContain("  off  ");
    }
}
