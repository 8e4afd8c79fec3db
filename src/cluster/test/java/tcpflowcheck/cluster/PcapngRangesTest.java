package tcpflowcheck.cluster;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.PcapngBlocks;

/** Ranges of a pcapng file hold each of its frames once, read by the interfaces at the file's head. */
class PcapngRangesTest {
    private static final int ETHERNET = 1;
    private static final int RAW = 101;
    private static final int ETHERNET_HEADER = 14;
    private static final long AHEAD = 1000;
    /** Of all servers of the traffic. */
    private static final int SERVER_PORT = 5201;

    @TempDir
    static Path folder;

    private static JavaSparkContext context;

    /** What stands between packets. */
    private interface Between {
        void write(int packet, PcapngBlocks blocks);
    }

    @BeforeAll
    static void start() {
        context = CutFile.context();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    private static List<CapturedPacket> packets(int connections) throws IOException {
        Traffic traffic = Traffic.of(folder, "turns", connections);
        String file = traffic.rotated(folder.resolve("pcap"), 1).get(0);
        try (FrameSource source = CaptureFile.open(file, null)) {
            return CapturedPacket.readAll(source);
        } catch (CaptureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Two interfaces: of Ethernet in microseconds, and of bare IP in nanoseconds by a clock that is behind. */
    private static PcapngBlocks head(ByteOrder order) {
        PcapngBlocks blocks = new PcapngBlocks(order);
        blocks.section(blocks.option(1, "on the whole".getBytes(UTF_8)));
        blocks.interfaceDescription(ETHERNET, 65535, blocks.option(2, "eth0".getBytes(UTF_8)));
        names(blocks, 1);
        return blocks.interfaceDescription(
                RAW,
                0,
                blocks.option(2, "tun1".getBytes(UTF_8)),
                blocks.option(9, (byte) 9),
                blocks.option64(14, AHEAD));
    }

    private static void names(PcapngBlocks blocks, int last) {
        byte[] name = "host\0".getBytes(UTF_8);
        byte[] octets = ByteBuffer.allocate(9)
                .put(new byte[] {10, 0, 0, (byte) last})
                .put(name)
                .array();
        blocks.block(4, joined(blocks.option(1, octets), blocks.option(0)));
    }

    private static void statistics(PcapngBlocks blocks, ByteOrder order, int id, long dropped) {
        byte[] id64 = ByteBuffer.allocate(12).order(order).putInt(id).array();
        blocks.block(5, joined(id64, blocks.option64(5, dropped), blocks.option64(7, 2 * dropped)));
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static void packet(PcapngBlocks blocks, CapturedPacket packet, int number) {
        byte[] octets = packet.octets();
        if (number % 3 == 0) {
            blocks.obsoletePacket(0, packet.time() / 1000, packet.wireLength(), octets);
        } else if (number % 3 == 1) {
            blocks.enhancedPacket(
                    1,
                    packet.time() - AHEAD * 1_000_000_000,
                    packet.wireLength() - ETHERNET_HEADER,
                    Arrays.copyOfRange(octets, ETHERNET_HEADER, octets.length));
        } else {
            blocks.enhancedPacket(
                    0,
                    packet.time() / 1000,
                    packet.wireLength(),
                    octets,
                    blocks.option(1, ("packet " + number).getBytes(UTF_8)));
        }
    }

    private static byte[] capture(ByteOrder order, List<CapturedPacket> packets, Between between) {
        PcapngBlocks blocks = head(order);
        for (int i = 0; i < packets.size(); i++) {
            between.write(i, blocks);
            packet(blocks, packets.get(i), i);
        }
        return blocks.octets();
    }

    private static Path write(String name, byte[] octets) throws IOException {
        return Files.write(folder.resolve(name + ".pcapng"), octets);
    }

    /** What no packet depends on: names, statistics, secrets, somebody's own, packets without a time. */
    private static Between harmless(ByteOrder order) {
        return (packet, blocks) -> {
            switch (packet % 50) {
                case 7 -> names(blocks, packet % 250);
                case 17 -> statistics(blocks, order, packet % 2, packet);
                case 27 -> blocks.block(10, new byte[8]);
                case 37 -> blocks.block(0xbad, new byte[20]);
                case 47 -> blocks.simplePacket(60, new byte[60]);
                default -> {}
            }
        };
    }

    @Test
    void interfacesAtTheHead() throws IOException {
        for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            Path path = write("usual-" + order, capture(order, packets(800), harmless(order)));
            for (int size : new int[] {100_000, 7_777}) {
                CutFile cut = new CutFile(context, path, size).isCut().holdsEachOnce();
                assertThat(cut.walkedAgain())
                        .as("guesses of usual traffic")
                        .isLessThan(cut.pieces().size() / 4);
            }
        }
    }

    /** Ranges of which most begin no block. */
    @Test
    void rangesBelowABlocksSize() throws IOException {
        Path path = write("small", capture(LITTLE_ENDIAN, packets(20), harmless(LITTLE_ENDIAN)));
        CutFile cut = new CutFile(context, path, 50).isCut().holdsEachOnce();
        assertThat(cut.pieces()).hasSizeBetween(100, (int) Files.size(path) / 60);
        new CutFile(context, path, 333).isCut().holdsEachOnce();
    }

    /** Each payload is a file of pcapng with interfaces of its own, as where captures are copied over the network. */
    @Test
    void capturesInCaptures() throws IOException {
        for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
            PcapngBlocks inner = new PcapngBlocks(order).section().interfaceDescription(RAW, 0);
            while (inner.length() < 6000) {
                inner.enhancedPacket(inner.length() % 2, 1_600_000_000, 44, new byte[44]);
            }
            PcapngBlocks outer = head(order);
            for (int i = 0; i < 400; i++) {
                outer.enhancedPacket(0, 1_700_000_000_000_000L + i, inner.length(), inner.octets());
            }
            Path path = write("nested-" + order, outer.octets());
            CutFile cut = new CutFile(context, path, 100_000).isCut().holdsEachOnce();
            assertThat(cut.walkedAgain()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void anInterfaceOrASectionInTheMiddle() throws IOException {
        List<CapturedPacket> packets = packets(800);
        for (int at : new int[] {1, 3000, packets.size() - 1}) {
            Path described = write("described", capture(BIG_ENDIAN, packets, (packet, blocks) -> {
                if (packet == at) {
                    blocks.interfaceDescription(RAW, 0);
                }
            }));
            isWhole(described);
            byte[] one = capture(BIG_ENDIAN, packets.subList(0, at), (packet, blocks) -> {});
            byte[] other = capture(LITTLE_ENDIAN, packets.subList(at, packets.size()), (packet, blocks) -> {});
            isWhole(write("sections", joined(one, other)));
        }
    }

    private static void isWhole(Path path) throws IOException {
        CutFile cut = new CutFile(context, path, 50_000).holdsEachOnce();
        assertThat(cut.pieces()).singleElement().matches(Piece::beginsTheFile);
        assertThat(cut.pieces().get(0).to()).isEqualTo(Piece.TO_THE_END);
    }

    /** Cut inside a block, a length that is not repeated, an interface that there is none of, a packet beyond its block. */
    private static List<Path> wrong() throws IOException {
        List<CapturedPacket> packets = packets(800);
        byte[] octets = capture(LITTLE_ENDIAN, packets, harmless(LITTLE_ENDIAN));
        int half = capture(LITTLE_ENDIAN, packets.subList(0, 4000), harmless(LITTLE_ENDIAN)).length;
        List<Path> files = new ArrayList<>();
        files.add(write("cut", Arrays.copyOf(octets, half + 35)));
        byte[] trailer = octets.clone();
        trailer[half - 2] ^= 1;
        files.add(write("trailer", trailer));
        byte[] unknown = octets.clone();
        unknown[half + 8] = 2;
        files.add(write("unknown", unknown));
        byte[] beyond = octets.clone();
        beyond[half + 23] = 1;
        files.add(write("beyond", beyond));
        return files;
    }

    @Test
    void filesThatAreCutOrCorrupt() throws IOException {
        for (Path path : wrong()) {
            new CutFile(context, path, 50_000).isCut().holdsEachOnce();
        }
    }

    @Test
    void aJobOverRanges() throws IOException {
        stop();
        try {
            Spark.local("local[2]");
            List<Path> files = new ArrayList<>();
            for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
                files.add(write("job-" + order, capture(order, packets(800), harmless(order))));
            }
            files.addAll(wrong());
            for (Path file : files) {
                isTheSame(file);
            }
            theClockOfFramesThatPass();
        } finally {
            start();
        }
    }

    /** Those to servers are in order; those from servers, by a clock a second ahead, are not among them. */
    private static void theClockOfFramesThatPass() throws IOException {
        List<CapturedPacket> packets = new ArrayList<>();
        for (CapturedPacket packet : packets(800)) {
            boolean fromServer = ByteBuffer.wrap(packet.octets()).getShort(ETHERNET_HEADER + 20) == SERVER_PORT;
            packets.add(new CapturedPacket(
                    packet.time() + (fromServer ? 1_000_000_000 : 0),
                    packet.linkType(),
                    packet.wireLength(),
                    packet.octets()));
        }
        Path path = write("clocks", capture(LITTLE_ENDIAN, packets, harmless(LITTLE_ENDIAN)));
        OneMachine all = new OneMachine(List.of(path.toString()));
        assertThat(all.summary()).contains("\"clock-backwards\":");
        assertThat(all.summary(run(path))).isEqualTo(all.summary());
        OneMachine some = isTheSame(path, "-f", "tcp dst port " + SERVER_PORT);
        assertThat(some.summary()).doesNotContain("\"clock-backwards\":");
    }

    private static Path run(Path file, String... options) throws IOException {
        Path out = folder.resolve("out-" + file.getFileName());
        List<String> words = new ArrayList<>(List.of("--out", out.toString(), "--overwrite", "--format", "ndjson"));
        words.addAll(List.of("--split", "50k", "--buckets", "3", file.toString()));
        words.addAll(List.of(options));
        assertThat(Job.run(words.toArray(String[]::new))).isZero();
        return out;
    }

    private static OneMachine isTheSame(Path file, String... options) throws IOException {
        OneMachine one = new OneMachine(List.of(file.toString()), options);
        Path out = run(file, options);
        assertThat(one.flows()).hasSizeGreaterThan(300);
        assertThat(one.flows(out)).isEqualTo(one.flows());
        assertThat(one.summary()).contains("\"on the whole\"").doesNotContain("\"dropped\":null");
        assertThat(one.summary(out)).isEqualTo(one.summary());
        assertThat(one.table(out.resolve("files"))).singleElement().asString().contains("\"failure\":" + failure(file));
        return one;
    }

    private static String failure(Path file) throws IOException {
        try (FrameSource source = CaptureFile.open(file.toString(), null)) {
            CapturedPacket.readAll(source);
            return "null";
        } catch (CaptureException wrong) {
            return "\"" + wrong.getMessage() + "\"";
        }
    }
}
