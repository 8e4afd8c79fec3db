package tcpflowcheck.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final byte[] PACKET = {1, 2, 3, 4, 5};

    private static PcapngBlocks section(ByteOrder order) {
        return new PcapngBlocks(order).section();
    }

    private static PcapngBlocks ethernet() {
        return section(LITTLE_ENDIAN).interfaceDescription(LinkType.EN10MB.number(), 0);
    }

    private static FrameSource source(PcapngBlocks blocks) throws CaptureException {
        return CaptureFile.read("x", new ByteArrayInputStream(blocks.octets()));
    }

    private static List<CapturedPacket> read(PcapngBlocks blocks) throws CaptureException {
        return CapturedPacket.readAll(source(blocks));
    }

    private static void assertCorrupt(PcapngBlocks blocks, String message) {
        assertThatThrownBy(() -> read(blocks))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.cut()).isFalse())
                .hasMessage("x: octet " + message);
    }

    @Test
    void sectionsOfBothByteOrdersEachHaveTheirInterfaces() throws Exception {
        PcapngBlocks blocks = section(BIG_ENDIAN)
                .interfaceDescription(LinkType.RAW.number(), 0)
                .enhancedPacket(0, 1, 5, PACKET)
                .order(LITTLE_ENDIAN)
                .section()
                .interfaceDescription(LinkType.LINUX_SLL.number(), 0)
                .interfaceDescription(LinkType.NULL.number(), 0)
                .enhancedPacket(1, 2, 5, PACKET)
                .order(BIG_ENDIAN)
                .section()
                .interfaceDescription(LinkType.LOOP.number(), 0)
                .enhancedPacket(0, 3, 5, PACKET);
        assertThat(read(blocks))
                .containsExactly(
                        new CapturedPacket(1000, LinkType.RAW.number(), PACKET),
                        new CapturedPacket(2000, LinkType.NULL.number(), PACKET),
                        new CapturedPacket(3000, LinkType.LOOP.number(), PACKET));
    }

    @Test
    void aNewSectionForgetsTheInterfacesOfTheLast() {
        PcapngBlocks blocks = ethernet().section();
        int at = blocks.length();
        assertCorrupt(
                blocks.enhancedPacket(0, 1, 5, PACKET),
                at + 8 + ": expected one of the 0 interfaces described before frame 1, found interface 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 8, -1})
    void aSimplePacketHasNoTimeAndTheSnapLengthOfTheFirstInterface(int snapLength) throws Exception {
        int captured = snapLength == 3 || snapLength == 4 ? snapLength : 5;
        PcapngBlocks blocks = section(BIG_ENDIAN)
                .interfaceDescription(LinkType.RAW.number(), snapLength)
                .interfaceDescription(LinkType.NULL.number(), 1)
                .simplePacket(5, Arrays.copyOf(PACKET, captured));
        assertThat(read(blocks))
                .containsExactly(new CapturedPacket(0, LinkType.RAW.number(), 5, Arrays.copyOf(PACKET, captured)));
    }

    @Test
    void blocksWithoutPacketsArePassedOver() throws Exception {
        PcapngBlocks blocks = ethernet()
                .block(4, new byte[8])
                .block(5, new byte[0])
                .enhancedPacket(0, 1, 5, PACKET)
                .block(0x0bad, new byte[40])
                .block(0x8000_0001, new byte[4])
                .block(-1, new byte[1 << 21])
                .enhancedPacket(0, 2, 5, PACKET)
                .block(10, new byte[16]);
        assertThat(read(blocks)).hasSize(2);
    }

    @Test
    void optionsOfPacketsArePassedOver() throws Exception {
        PcapngBlocks blocks = ethernet();
        byte[] comment = blocks.option(1, new byte[60_001]);
        blocks.enhancedPacket(0, 1, 5, PACKET, comment, comment, blocks.option(0));
        blocks.enhancedPacket(0, 2, 5, PACKET, new byte[] {1, 2, 3, 4});
        assertThat(read(blocks)).hasSize(2);
    }

    @Test
    void lengthsThatAreNotRoundedUpAreRead() throws Exception {
        byte[] body = new byte[20 + 8];
        body[12] = 5;
        body[16] = 5;
        System.arraycopy(PACKET, 0, body, 20, 5);
        PcapngBlocks blocks = ethernet()
                .block(6, body.length + 9, body, body.length + 9)
                .block(0x0bad, 14, new byte[4], 14)
                .enhancedPacket(0, 0, 5, PACKET);
        assertThat(read(blocks))
                .containsExactly(
                        new CapturedPacket(0, LinkType.EN10MB.number(), PACKET),
                        new CapturedPacket(0, LinkType.EN10MB.number(), PACKET));
    }

    @Test
    void resolutionAndOffsetAreOfTheInterface() throws Exception {
        PcapngBlocks blocks = section(BIG_ENDIAN);
        blocks.interfaceDescription(1, 0, blocks.option(9, (byte) 9), blocks.option64(14, 2), blocks.option(0));
        blocks.interfaceDescription(1, 0, blocks.option(2, (byte) 'l', (byte) 'o'), blocks.option(9, (byte) 0x8a));
        blocks.interfaceDescription(1, 0, blocks.option(0), blocks.option(9, (byte) 9));
        blocks.enhancedPacket(0, 7, 5, PACKET).enhancedPacket(1, 1, 5, PACKET).enhancedPacket(2, 7, 5, PACKET);
        assertThat(read(blocks)).extracting(CapturedPacket::time).containsExactly(2_000_000_007L, 976_562L, 7000L);
    }

    @Test
    void aNewSectionForgetsResolutionAndOffset() throws Exception {
        PcapngBlocks blocks = section(BIG_ENDIAN);
        blocks.interfaceDescription(1, 0, blocks.option(9, (byte) 9), blocks.option64(14, 2));
        blocks.section().interfaceDescription(1, 0).enhancedPacket(0, 7, 5, PACKET);
        assertThat(read(blocks)).extracting(CapturedPacket::time).containsExactly(7000L);
    }

    @Test
    void timesHave64Bits() throws Exception {
        PcapngBlocks blocks = section(LITTLE_ENDIAN);
        blocks.interfaceDescription(1, 0, blocks.option(9, (byte) 9));
        blocks.enhancedPacket(0, 0x0123_4567_89ab_cdefL, 5, PACKET);
        blocks.obsoletePacket(0, 0x7fff_ffff_ffff_fffeL, 5, PACKET);
        assertThat(read(blocks))
                .extracting(CapturedPacket::time)
                .containsExactly(0x0123_4567_89ab_cdefL, 0x7fff_ffff_ffff_fffeL);
    }

    @Test
    void manyInterfacesWork() throws Exception {
        PcapngBlocks blocks = section(BIG_ENDIAN);
        for (int i = 0; i < 60_000; i++) {
            blocks.interfaceDescription(i, 0);
        }
        blocks.enhancedPacket(59_999, 0, 5, PACKET).obsoletePacket(59_998, 0, 5, PACKET);
        assertThat(read(blocks)).extracting(CapturedPacket::linkType).containsExactly(59_999, 59_998);
    }

    @Test
    void interfacesHaveABound() {
        PcapngBlocks blocks = section(BIG_ENDIAN);
        for (int i = 0; i <= PcapngInterfaces.MAX; i++) {
            blocks.interfaceDescription(1, 0);
        }
        assertCorrupt(
                blocks,
                28 + 20 * PcapngInterfaces.MAX + ": expected at most 262144 interfaces in a section, found one more");
    }

    @Test
    void aBlockOfFourGigabytesIsNotHeld() throws Exception {
        long length = 0xffff_fffcL;
        byte[] before = ethernet().enhancedPacket(0, 1, 5, PACKET).octets();
        byte[] header = {(byte) 0xad, 0x0b, 0, 0, -4, -1, -1, -1};
        byte[] after =
                new PcapngBlocks(LITTLE_ENDIAN).enhancedPacket(0, 2, 5, PACKET).octets();
        SlidingBuffer buffer = new SlidingBuffer(
                "x",
                new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(before),
                        new ByteArrayInputStream(header),
                        new Zeros(length - 12),
                        new ByteArrayInputStream(header, 4, 4),
                        new ByteArrayInputStream(after)))),
                4096);
        assertThat(CapturedPacket.readAll(CaptureFile.read(buffer))).hasSize(2);
        assertThat(buffer.octets()).hasSize(4096);
        assertThat(buffer.octet()).isEqualTo(before.length + length + after.length);
    }

    @Test
    void aLengthThatIsMerelyClaimedIsNotAllocated() throws Exception {
        byte[] octets = ethernet().block(6, 16 << 20, new byte[100], 0).octets();
        SlidingBuffer buffer = new SlidingBuffer("x", new ByteArrayInputStream(octets), 64);
        FrameSource source = CaptureFile.read(buffer);
        assertThatThrownBy(() -> source.next(new Frame()))
                .hasMessage("x: octet 48: cut inside a packet block: expected 16777216 octets, found 112");
        assertThat(buffer.octets()).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void aPacketBlockPastTheMostIsRefused() {
        assertCorrupt(
                ethernet().block(6, (16 << 20) + 4, new byte[100], 0),
                "52: expected a length of at most 16777216 octets for a packet block, found 16777220");
        assertCorrupt(
                ethernet().block(1, -4, new byte[100], 0),
                "52: expected a length of at most 16777216 octets for an interface description block, found 4294967292");
    }

    @Test
    void aWrongByteOrderMagicIsNamed() {
        byte[] octets = ethernet().octets();
        octets[8] = 0;
        assertThatThrownBy(() -> CaptureFile.read("x", new ByteArrayInputStream(octets)))
                .hasMessage("x: octet 8: expected the byte-order magic 1a2b3c4d, found 003c2b1a");
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] octets = ethernet().octets();
        octets[12] = 2;
        assertThatThrownBy(() -> CaptureFile.read("x", new ByteArrayInputStream(octets)))
                .hasMessage("x: octet 12: expected pcapng version 1, found 2.0");
    }

    @Test
    void aBlockShorterThanItsFieldsIsCorrupt() {
        assertCorrupt(
                ethernet().block(6, 31, new byte[20], 31),
                "52: expected a length of at least 32 octets for a packet block, found 31");
        assertCorrupt(
                ethernet().block(3, 12, new byte[0], 12),
                "52: expected a length of at least 16 octets for a simple packet block, found 12");
        assertCorrupt(
                ethernet().block(1, 0, new byte[8], 0),
                "52: expected a length of at least 20 octets for an interface description block, found 0");
        assertCorrupt(
                ethernet().block(99, 11, new byte[8], 11),
                "52: expected a length of at least 12 octets for a block, found 11");
    }

    @Test
    void aTrailingLengthThatDiffersIsCorrupt() {
        assertCorrupt(ethernet().block(6, 40, new byte[28], 44), "84: expected the block's length again, 40, found 44");
        assertCorrupt(ethernet().block(99, 20, new byte[8], 0), "64: expected the block's length again, 20, found 0");
    }

    @Test
    void aFailureInAPassedBlockIsFinal() throws Exception {
        FrameSource source = source(ethernet().block(99, 20, new byte[8], 0).enhancedPacket(0, 1, 5, PACKET));
        assertThatThrownBy(() -> source.next(new Frame())).isInstanceOf(CaptureException.class);
        assertThatThrownBy(() -> source.next(new Frame())).isInstanceOf(CaptureException.class);
    }

    @Test
    void aPacketOfNoInterfaceIsCorrupt() {
        assertCorrupt(
                section(BIG_ENDIAN).enhancedPacket(0, 1, 5, PACKET),
                "36: expected one of the 0 interfaces described before frame 1, found interface 0");
        assertCorrupt(
                section(BIG_ENDIAN).simplePacket(5, PACKET),
                "36: expected one of the 0 interfaces described before frame 1, found interface 0");
        assertCorrupt(
                ethernet().enhancedPacket(-1, 1, 5, PACKET),
                "56: expected one of the 1 interfaces described before frame 1, found interface 4294967295");
        assertCorrupt(
                ethernet().obsoletePacket(0xffff, 1, 5, PACKET),
                "56: expected one of the 1 interfaces described before frame 1, found interface 65535");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 262_144, Integer.MAX_VALUE, -1})
    void aCapturedLengthPastTheBlockIsCorrupt(int captured) {
        byte[] octets = ethernet().enhancedPacket(0, 1, 5, PACKET).octets();
        for (int i = 0; i < 4; i++) {
            octets[48 + 20 + i] = (byte) (captured >>> (8 * i));
        }
        assertThatThrownBy(() -> CapturedPacket.readAll(CaptureFile.read("x", new ByteArrayInputStream(octets))))
                .hasMessage("x: octet 68: expected a captured length of at most 8 octets for frame 1, found "
                        + Integer.toUnsignedString(captured));
    }

    @Test
    void aCapturedLengthAboveTheMostIsCorrupt() {
        assertCorrupt(
                ethernet().enhancedPacket(0, 1, 5, new byte[262_145]),
                "68: expected a captured length of at most 262144 octets for frame 1, found 262145");
        assertCorrupt(
                ethernet().simplePacket(9, PACKET),
                "56: expected a captured length of at most 8 octets for frame 1, found 9");
    }

    @Test
    void wrongInterfaceOptionsAreCorrupt() {
        PcapngBlocks blocks = section(LITTLE_ENDIAN);
        assertCorrupt(
                blocks.interfaceDescription(1, 0, blocks.option(9, (byte) 9, (byte) 9)),
                "46: expected 1 octet of if_tsresol, found 2");
        blocks = section(LITTLE_ENDIAN);
        assertCorrupt(
                blocks.interfaceDescription(1, 0, blocks.option(14, (byte) 9)),
                "46: expected 8 octets of if_tsoffset, found 1");
        assertCorrupt(
                section(LITTLE_ENDIAN).interfaceDescription(1, 0, new byte[] {2, 0, 5, 0, 1, 2, 3, 4}),
                "46: expected an option of at most 4 octets in the interface description block, found 5");
    }

    /** Octets that are counted, not stored. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            left -= read;
            return read;
        }
    }
}
