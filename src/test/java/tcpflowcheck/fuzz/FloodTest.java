package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Floods, in a heap that could not hold them: the honest connection among them is told right. */
@Timeout(120)
class FloodTest {
    private static final int FRAMES = 300_000;

    @TempDir
    Path folder;

    private String run(String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-cp",
                System.getProperty("java.class.path"),
                "tcpflowcheck.cli.Main"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        int exitCode = process.waitFor();
        assertThat(Files.readString(folder.resolve("err"))).isEmpty();
        assertThat(exitCode).isZero();
        return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Flood.Kind.class)
    void theHonestConnectionIsToldRight(Flood.Kind kind) throws Exception {
        Path file = folder.resolve("flood.pcap");
        Flood.write(file, kind, FRAMES);
        String flow = run("--json", "--max-flows", "50000", file.toString())
                .lines()
                .filter(line -> line.contains("\"port\":55555}"))
                .findFirst()
                .orElseThrow();
        assertThat(flow)
                .contains("\"handshake\":{\"kind\":\"three-way\"")
                .contains("\"close\":{\"kind\":\"four-segment\",\"by\":\"client\"")
                .contains(
                        "\"states\":{\"client\":[\"CLOSED\",\"SYN-SENT\",\"ESTABLISHED\",\"FIN-WAIT-1\",\"FIN-WAIT-2\",\"TIME-WAIT\"")
                .contains("\"packets\":{\"client\":5,\"server\":5}")
                .contains("\"findings\":[]");
    }

    /** What was read before memory ended is told, and then why there is no more. */
    @ParameterizedTest
    @ValueSource(strings = {"-q", "--json", "--sort=start"})
    void whatWasReadIsToldWhereMemoryEnds(String option) throws Exception {
        Path file = folder.resolve("flood.pcap");
        Flood.write(file, Flood.Kind.RESETS, FRAMES);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "tcpflowcheck.cli.Main",
                        option,
                        "--max-memory=1g",
                        file.toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("err")))
                .contains("out of memory at frame ")
                .hasLineCount(1);
        assertThat(Files.readString(folder.resolve("out")))
                .contains(option.equals("--json") ? "\"type\":\"summary\"" : "1 capture, ");
    }

    /** What a header only claims costs nothing. */
    @Test
    void aBlockThatClaimsTwoGigabytesAndSixtyThousandInterfaces() throws Exception {
        tcpflowcheck.capture.PcapngBlocks blocks =
                new tcpflowcheck.capture.PcapngBlocks(java.nio.ByteOrder.LITTLE_ENDIAN).section();
        for (int i = 0; i < 60_000; i++) {
            blocks.interfaceDescription(1, 0, blocks.option(2, ("eth" + i).getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] syn = new tcpflowcheck.wire.SegmentBuilder().flags("S").build();
        blocks.enhancedPacket(59_999, 1, syn.length, syn);
        Path file = Files.write(folder.resolve("x.pcapng"), blocks.octets());
        assertThat(run("--json", file.toString())).contains("\"interfaces\":[\"eth59999\"]");
        blocks.block(0x0bad, Integer.MAX_VALUE & ~3, new byte[16], 0);
        Files.write(file, blocks.octets());
        assertThat(tcpflowcheck.golden.Run.of("-q", file.toString()).err())
                .contains(": cut inside a block: expected 2147483644");
    }

    /** Half a gigabyte of empty records in half a megabyte. */
    @Test
    void aBombIsReadAsAStream() throws IOException {
        Path file = folder.resolve("bomb.pcap.gz");
        try (java.io.OutputStream out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] header = java.nio.ByteBuffer.allocate(24)
                    .putInt(0xa1b2c3d4)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(262_144)
                    .putInt(1)
                    .array();
            out.write(header);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                out.write(zeros);
            }
        }
        assertThat(tcpflowcheck.golden.Run.of("-q", file.toString()).out()).contains("33,554,432 packets");
    }
}
