package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.PcapngBlocks;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** What pcapng says beside its frames, end to end. */
class CaptureNotesTest {
    private static final int COMMENT = 1;
    private static final int FLAGS = 2;
    private static final int NAME = 2;
    private static final int DROPPED_BY_INTERFACE = 5;
    private static final int DROPPED_BY_SYSTEM = 7;

    @TempDir
    Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] flags(ByteOrder order, int bits) {
        return ByteBuffer.allocate(4).order(order).putInt(bits).array();
    }

    /** One record of a name resolution block, padded. */
    private static byte[] name(ByteOrder order, int type, byte[] address, String name) {
        int length = address.length + name.length() + 1;
        return ByteBuffer.allocate(4 + (length + 3 & ~3))
                .order(order)
                .putShort((short) type)
                .putShort((short) length)
                .put(address)
                .put(utf8(name))
                .array();
    }

    private static PcapngBlocks capture(ByteOrder order) {
        PcapngBlocks blocks = new PcapngBlocks(order);
        SegmentBuilder syn = new SegmentBuilder()
                .ipv4("10.0.0.1", "10.0.0.2")
                .ports(1000, 80)
                .flags("S")
                .mss(1460);
        blocks.section(blocks.option(COMMENT, utf8("taken at noon\nby the \u001b[31mswitch")), blocks.option(0));
        blocks.interfaceDescription(1, 0, blocks.option(NAME, utf8("eth0")));
        blocks.interfaceDescription(1, 0, blocks.option(NAME, utf8("eth\u202e1")));
        blocks.block(4, name(order, 1, new byte[] {10, 0, 0, 1}, "alpha"));
        byte[] out = syn.build();
        byte[] in = syn.copy().reverse().flags("R.").options().ack(1).build();
        blocks.enhancedPacket(
                0,
                1,
                out.length,
                out,
                blocks.option(FLAGS, flags(order, 2)),
                blocks.option(COMMENT, utf8("look here")));
        blocks.enhancedPacket(1, 2, in.length, in, blocks.option(FLAGS, flags(order, 1)));
        blocks.block(5, statistics(blocks, order, 0, 7, 2));
        blocks.block(5, statistics(blocks, order, 1, 3, 1));
        return blocks.block(5, statistics(blocks, order, 0, 9, 4));
    }

    private static byte[] statistics(PcapngBlocks blocks, ByteOrder order, int id, long system, long device) {
        return ByteBuffer.allocate(12 + 24)
                .order(order)
                .putInt(id)
                .putLong(0)
                .put(blocks.option64(DROPPED_BY_INTERFACE, device))
                .put(blocks.option64(DROPPED_BY_SYSTEM, system))
                .array();
    }

    private Run run(byte[] capture, String option) throws IOException {
        return Run.of(option, Files.write(folder.resolve("x.pcapng"), capture).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void isShownWhereAUserLooks(String byteOrder) throws IOException {
        ByteOrder order = byteOrder.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] capture = capture(order).octets();
        Run text = run(capture, "-v");
        assertThat(text.out())
                .contains("tap     at the client, on eth0, eth\\u202e1\n")
                .contains("names   client alpha\n")
                .contains("comment frame 1: look here\n")
                .contains("comment    taken at noon / by the \\x1b[31mswitch\n")
                .contains("dropped    12 by the kernel, 5 by the interface\n");
        assertThat(text.err())
                .isEqualTo("tcpflow-check: " + folder.resolve("x.pcapng")
                        + ": 17 frames were dropped before they were captured: verdicts may lack what they said\n");
        assertThat(text.exitCode()).isZero();
        assertThat(run(capture, "--json").out())
                .contains("\"client\":{\"address\":\"10.0.0.1\",\"port\":1000,\"name\":\"alpha\"}")
                .contains("\"capturedAt\":\"client\",\"interfaces\":[\"eth0\",\"eth")
                .contains("\"comments\":[{\"frame\":1,\"text\":\"look here\"}]")
                .contains("\"dropped\":{\"kernel\":12,\"interface\":5},\"comments\":[\"taken at noon\\nby the ")
                .doesNotContain("\u001b");
    }

    @Test
    void whatIsWrongThereHidesNoFrame() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        PcapngBlocks blocks = capture(order);
        byte[] lie = name(order, 1, new byte[] {10, 0, 0, 2}, "beta");
        lie[2] = 120;
        blocks.block(4, lie);
        blocks.block(4, new byte[12]);
        blocks.block(5, new byte[0]);
        blocks.block(5, new byte[28]);
        byte[] ack = new SegmentBuilder().flags(".").build();
        blocks.enhancedPacket(0, 3, ack.length, ack, new byte[] {1, 0, (byte) 255, (byte) 255});
        Run run = run(blocks.octets(), "-q");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("3 packets, ");
    }

    @Test
    void mergedCapturesKeepThem() throws IOException {
        Path one = Files.write(
                folder.resolve("1.pcapng"), capture(ByteOrder.LITTLE_ENDIAN).octets());
        Path two = Files.write(
                folder.resolve("2.pcapng"), capture(ByteOrder.BIG_ENDIAN).octets());
        String out = Run.of("-v", "--merge", one.toString(), two.toString()).out();
        assertThat(out).contains("24 by the kernel, 10 by the interface", "names   client alpha", "frame 1: look here");
    }
}
