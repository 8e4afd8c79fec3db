package tcpflowcheck.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

/** Flows that went by the book, of which nothing is kept but where their segments are, and what comes after their end. */
class ReadAgainTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000 * SECOND;
    private static final int CONNECTIONS = 100;
    private static final int SEGMENTS = 7;

    @TempDir
    Path folder;

    private final List<CapturedPacket> packets = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private long plain;

    private final FlowsOnly listener = new FlowsOnly() {
        @Override
        public boolean wantsPlain() {
            return false;
        }

        @Override
        public void plain(PlainFlow flow) {
            plain++;
        }

        @Override
        public void flow(Flow flow) {
            flows.add(flow);
        }
    };

    private static SegmentBuilder client(int port) {
        return new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(port, 80);
    }

    private void pass(SegmentBuilder segment) {
        packets.add(new CapturedPacket(START + packets.size() * SECOND / 100, 1, segment.build()));
    }

    @BeforeEach
    void closedByTheBook() {
        for (int i = 0; i < CONNECTIONS; i++) {
            SegmentBuilder client = client(1000 + i);
            pass(client.copy().seq(1000).flags("S").mss(1460));
            pass(client.copy().reverse().seq(5000).ack(1001).flags("SA").mss(1460));
            pass(client.copy().seq(1001).ack(5001).flags("A"));
            pass(client.copy().seq(1001).ack(5001).flags("FA"));
            pass(client.copy().reverse().seq(5001).ack(1002).flags("A"));
            pass(client.copy().reverse().seq(5001).ack(1002).flags("FA"));
            pass(client.copy().seq(1002).ack(5002).flags("A"));
        }
        assertThat(packets).hasSize(CONNECTIONS * SEGMENTS);
    }

    /** The last FIN comes again, some time after the last connection has closed. */
    private void finAgain(int port) {
        byte[] fin = client(port).reverse().seq(5001).ack(1002).flags("FA").build();
        packets.add(new CapturedPacket(START + 20 * SECOND, 1, fin));
    }

    /** @param left octets of the file once the connections have passed */
    private FlowTracker track(long left) throws Exception {
        Path file = folder.resolve("x.pcap");
        Files.write(file, new PcapWriter().write(packets));
        FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, listener, 1);
        try (FrameSource source = CaptureFile.open(file.toString(), InputStream.nullInputStream());
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            tracker.readAgainBy(new SegmentLookup(requireNonNull(source.lookup()), new PacketDecoder()));
            PacketDecoder decoder = new PacketDecoder();
            Frame frame = new Frame();
            while (source.next(frame)) {
                if (frame.number() == CONNECTIONS * SEGMENTS + 1) {
                    channel.truncate(left);
                }
                decoder.decode(frame);
                tracker.accept(decoder.segment());
            }
            tracker.end();
        }
        tracker.close();
        return tracker;
    }

    @Test
    void aSegmentThatComesLaterIsOfAFlowThatIsReadAgain() throws Exception {
        finAgain(1050);
        FlowTracker tracker = track(Long.MAX_VALUE);
        assertThat(tracker.late()).isZero();
        assertThat(plain).isEqualTo(CONNECTIONS - 1);
        assertThat(flows).singleElement().satisfies(flow -> {
            assertThat(flow.stream()).isEqualTo(50);
            assertThat(flow.firstFrame()).isEqualTo(50 * SEGMENTS + 1);
            assertThat(flow.connection().findings().list())
                    .extracting(Finding::rule)
                    .contains(Rule.FIN_RETRANSMISSION);
        });
    }

    @Test
    void whatIsNotThereAnyMoreWentByTheBook() throws Exception {
        finAgain(1050);
        finAgain(1051);
        FlowTracker tracker = track(100);
        assertThat(flows).isEmpty();
        assertThat(plain).isEqualTo(CONNECTIONS);
        assertThat(tracker.late()).isEqualTo(2);
        assertThat(tracker.streams()).isEqualTo(CONNECTIONS);
    }
}
