package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.bench.Load;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.wire.SegmentBuilder;

/** Nothing that is told depends on whether flows are held, as they are where nobody looks at all segments in order. */
@Execution(ExecutionMode.CONCURRENT)
class HeldFlowsTest {
    private static final List<Pace> PACES = List.of(Pace.AT_ONCE, new Pace(2, 3, true), Pace.of(2));

    @TempDir
    Path folder;

    @Test
    void ofTheSamples() throws Exception {
        for (Path sample : CutAndFlipTest.samples()) {
            Told.isTheSame(Files.readAllBytes(sample), 1000);
            Told.hasTheSameVerdicts(Files.readAllBytes(sample), 1000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ofConversations(int seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] capture = Conversations.capture(random::nextInt, 60);
            Told.isTheSame(capture, 1000);
            if (i % 10 == 0) {
                Told.hasTheSameVerdicts(capture, 1000);
            }
        }
    }

    /** Connections that nearly all go by the book, or would but for one thing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void ofOrderlyConnections(int seed) throws Exception {
        Random random = new Random(seed);
        long plain = 0;
        for (int i = 0; i < 20; i++) {
            plain += Told.hasTheSameVerdicts(Orderly.capture(random, 100), 1000);
        }
        assertThat(plain).isGreaterThan(400);
    }

    /** Who has to go is then not the same, for of flows with one deadline any may; but each is told once. */
    @ParameterizedTest
    @EnumSource(Told.Wants.class)
    void fewFlowsMayBeAlive(Told.Wants wants) throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            List<String> told = Told.of(
                    Conversations.capture(random::nextInt, 60), 1 + random.nextInt(5), wants, true, PACES.get(i % 3));
            String counts = told.stream()
                    .filter(line -> line.startsWith("late "))
                    .findFirst()
                    .orElseThrow();
            long streams = told.stream()
                    .filter(line -> line.matches("\\d{8} .*"))
                    .map(line -> line.substring(0, 8))
                    .distinct()
                    .count();
            assertThat(counts).endsWith("streams " + streams);
        }
    }

    /** What comes later than a flow lives opens the next, whether or not it was known yet that it goes on. */
    @Test
    void thatWereLookedAtAndGoOn() throws Exception {
        SegmentBuilder client =
                new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(1000, 80);
        SegmentBuilder server = client.copy().reverse();
        SegmentBuilder other = client.copy().ports(2000, 80).seq(1).ack(1).flags("A");
        long second = 1_000_000; // microseconds
        List<CapturedPacket> packets = new ArrayList<>();
        add(packets, 0, client.copy().seq(100).flags("S"));
        add(packets, 1, server.copy().seq(500).ack(101).flags("SA"));
        add(packets, 2, client.copy().seq(101).ack(501).flags("A"));
        add(packets, 3, client.copy().seq(101).ack(501).flags("FA"));
        add(packets, 4, server.copy().seq(501).ack(102).flags("FA"));
        add(packets, 130 * second, other);
        add(packets, 4000 * second, client.copy().seq(102).ack(502).flags("A"));
        byte[] capture = new PcapWriter().write(packets);
        assertThat(String.join(" ", Told.of(capture, 1000, Told.Wants.FLOWS, false, Pace.of(2))))
                .contains("streams 3");
        Told.isTheSame(capture, 1000);
    }

    private static void add(List<CapturedPacket> packets, long time, SegmentBuilder segment) {
        packets.add(new CapturedPacket(1_700_000_000_000_000_000L + 1000 * time, 1, segment.build()));
    }

    /** Ten thousand handshakes a second are no flood. */
    @ParameterizedTest
    @ValueSource(strings = {"short", "alive"})
    void ofABusyServer(String kind) throws Exception {
        Path file = folder.resolve("busy.pcap");
        Load.main(new String[] {file.toString(), kind, "20000"});
        byte[] capture = Files.readAllBytes(file);
        Told.isTheSame(capture, 100_000);
        assertThat(String.join(" ", Told.of(capture, 100_000, Told.Wants.FLOWS, false, Pace.of(2))))
                .doesNotContain("SYN_FLOOD");
    }

    @ParameterizedTest
    @EnumSource(Flood.Kind.class)
    void ofFloods(Flood.Kind kind) throws Exception {
        Path file = folder.resolve("flood.pcap");
        Flood.write(file, kind, 20_000);
        Told.isTheSame(Files.readAllBytes(file), 1000);
        Told.isTheSame(Files.readAllBytes(file), 1_000_000);
    }
}
