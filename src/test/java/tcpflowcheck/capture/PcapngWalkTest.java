package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tcpflowcheck.capture.PcapngWalk.Block;

class PcapngWalkTest {
    private static final byte[] PACKET = {1, 2, 3, 4, 5};

    private static PcapngWalk walk(byte[] octets) throws CaptureException {
        return new PcapngWalk("x", new ByteArrayInputStream(octets));
    }

    @Test
    void eachBlockAndWhereItStands() throws Exception {
        PcapngBlocks blocks = new PcapngBlocks(ByteOrder.BIG_ENDIAN).section();
        List<Long> ends = new ArrayList<>(List.of((long) blocks.length()));
        List<Runnable> all = List.of(
                () -> blocks.interfaceDescription(1, 0),
                () -> blocks.enhancedPacket(0, 7_000_000, 5, PACKET),
                () -> blocks.block(5, new byte[12]),
                () -> blocks.block(0xbad, new byte[4]),
                () -> blocks.interfaceDescription(101, 3),
                () -> blocks.obsoletePacket(1, 8_000_000, 5, PACKET),
                () -> blocks.simplePacket(5, PACKET),
                () -> blocks.order(ByteOrder.LITTLE_ENDIAN).section());
        for (Runnable each : all) {
            each.run();
            ends.add((long) blocks.length());
        }
        Frame frame = new Frame();
        List<Block> found = new ArrayList<>();
        List<Long> octets = new ArrayList<>();
        List<String> frames = new ArrayList<>();
        try (PcapngWalk walk = walk(blocks.octets())) {
            Block block = Block.SECTION_HEADER;
            while (block != Block.END) {
                octets.add(walk.octet());
                block = walk.next(frame);
                found.add(block);
                if (block == Block.PACKET) {
                    frames.add(walk.interfaces() + " " + frame.linkType() + " " + frame.time());
                }
            }
            assertThat(walk.interfaces()).isZero();
        }
        assertThat(octets).isEqualTo(ends);
        assertThat(found)
                .containsExactly(
                        Block.INTERFACE,
                        Block.PACKET,
                        Block.OTHER,
                        Block.OTHER,
                        Block.INTERFACE,
                        Block.PACKET,
                        Block.PACKET,
                        Block.SECTION_HEADER,
                        Block.END);
        assertThat(frames).containsExactly("1 1 7000000000", "2 101 8000000000", "2 1 0");
    }

    @Test
    void whatIsCutOrNoSection() throws Exception {
        byte[] whole = new PcapngBlocks(ByteOrder.LITTLE_ENDIAN)
                .section()
                .interfaceDescription(1, 0)
                .octets();
        PcapngWalk cut = walk(Arrays.copyOf(whole, 28 + 5));
        assertThatThrownBy(() -> cut.next(new Frame()))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.cut()).isTrue())
                .hasMessage("x: octet 28: cut inside a block header: expected 8 octets, found 5");
        assertThatThrownBy(() -> walk(new byte[40])).isInstanceOf(CaptureException.class);
    }

    /** What an interface says last counts, in each section. */
    @Test
    void framesThatInterfacesDropped() throws Exception {
        PcapngBlocks blocks = new PcapngBlocks(ByteOrder.BIG_ENDIAN).section();
        statistics(blocks, 0, 5);
        statistics(blocks, 0, 6);
        statistics(blocks, -1, 1);
        blocks.section();
        statistics(blocks, 0, 2);
        statistics(blocks, 3, 4);
        try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(blocks.octets()))) {
            assertThat(source.next(new Frame())).isFalse();
            List<String> dropped = new ArrayList<>();
            source.notes().drops((id, kernel, device) -> dropped.add(id + ": " + kernel + " " + device));
            assertThat(dropped).containsExactlyInAnyOrder("-1: 0 7", "0: 0 2", "3: 0 4");
            assertThat(source.notes().droppedByInterface()).isEqualTo(13);
        }
    }

    private static void statistics(PcapngBlocks blocks, int id, int dropped) {
        byte[] option = blocks.option64(5, dropped);
        byte[] octets = ByteBuffer.allocate(12 + option.length)
                .putInt(id)
                .putLong(0)
                .put(option)
                .array();
        blocks.block(5, octets);
    }
}
