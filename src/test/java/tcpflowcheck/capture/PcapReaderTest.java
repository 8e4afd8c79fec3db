package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final PcapWriter MICRO = new PcapWriter();
    private static final PcapWriter NANO = new PcapWriter(ByteOrder.BIG_ENDIAN, PcapReader.MAGIC_NANOSECONDS, 2, 4);

    private static FrameSource source(byte[]... parts) throws CaptureException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            file.writeBytes(part);
        }
        return CaptureFile.read("x", new ByteArrayInputStream(file.toByteArray()));
    }

    private static CapturedPacket only(byte[]... parts) throws CaptureException {
        List<CapturedPacket> packets = CapturedPacket.readAll(source(parts));
        assertThat(packets).hasSize(1);
        return packets.get(0);
    }

    @Test
    void theUpperHalfOfTheNetworkFieldIsNoLinkType() throws Exception {
        byte[] record = MICRO.recordHeader(0, 0, 0);
        assertThat(only(MICRO.fileHeader(0x2400_0000 | LinkType.EN10MB.number()), record)
                        .linkType())
                .isEqualTo(LinkType.EN10MB.number());
    }

    @Test
    void secondsAreUnsigned() throws Exception {
        assertThat(only(NANO.fileHeader(1), NANO.recordHeader(-1, 999_999_999, 0, 0))
                        .time())
                .isEqualTo(4_294_967_295_999_999_999L);
    }

    @Test
    void fractionsPastTheSecondAreAdded() throws Exception {
        assertThat(only(MICRO.fileHeader(1), MICRO.recordHeader(1, 1_000_001, 0, 0))
                        .time())
                .isEqualTo(2_000_001_000L);
        assertThat(only(MICRO.fileHeader(1), MICRO.recordHeader(-1, -1, 0, 0)).time())
                .isEqualTo(4_294_967_295L * 1_000_000_000 + 4_294_967_295L * 1000);
        assertThat(only(NANO.fileHeader(1), NANO.recordHeader(1, -1, 0, 0)).time())
                .isEqualTo(1_000_000_000L + 4_294_967_295L);
    }

    @Test
    void aCapturedLengthAboveTheWireLengthIsKept() throws Exception {
        CapturedPacket packet = only(MICRO.fileHeader(1), MICRO.recordHeader(0, 4, 2), new byte[4]);
        assertThat(packet.octets()).hasSize(4);
        assertThat(packet.wireLength()).isEqualTo(2);
    }

    @Test
    void aWireLengthPastAnIntIsTheLargestInt() throws Exception {
        assertThat(only(MICRO.fileHeader(1), MICRO.recordHeader(0, 0, -1)).wireLength())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theSnapLengthOfTheHeaderCutsNothing() throws Exception {
        PcapWriter writer = new PcapWriter(ByteOrder.LITTLE_ENDIAN, PcapReader.MAGIC_MICROSECONDS, 2, 4, 3);
        assertThat(only(writer.fileHeader(1), writer.recordHeader(0, 8, 8), new byte[8])
                        .octets())
                .hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {262_145, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void aCapturedLengthAboveTheMostIsCorrupt(int captured) throws Exception {
        FrameSource source = source(
                MICRO.fileHeader(1), MICRO.recordHeader(0, 1, 1), new byte[1], MICRO.recordHeader(0, captured, 60));
        assertThat(source.next(new Frame())).isTrue();
        assertThatThrownBy(() -> source.next(new Frame()))
                .hasMessage("x: octet 49: expected a captured length of at most 262144 octets for frame 2, found "
                        + Integer.toUnsignedString(captured))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.cut()).isFalse());
    }

    @Test
    void aCutPacketSaysWhere() throws Exception {
        FrameSource source = source(MICRO.fileHeader(1), MICRO.recordHeader(0, 60, 60), new byte[12]);
        assertThatThrownBy(() -> source.next(new Frame()))
                .hasMessage("x: octet 40: cut inside the record of frame 1: expected 60 octets of packet, found 12");
    }

    @Test
    void aCutRecordHeaderSaysWhere() throws Exception {
        FrameSource source = source(MICRO.fileHeader(1), new byte[3]);
        assertThatThrownBy(() -> source.next(new Frame()))
                .hasMessage("x: octet 24: cut inside the record of frame 1: expected 16 octets of header, found 3");
    }

    @Test
    void version23MayHaveItsLengthsEitherWay() throws Exception {
        PcapWriter writer = new PcapWriter(ByteOrder.BIG_ENDIAN, PcapReader.MAGIC_MICROSECONDS, 2, 3);
        byte[] octets = new byte[4];
        for (byte[] record : new byte[][] {writer.recordHeader(0, 4, 60), writer.recordHeader(0, 60, 4)}) {
            CapturedPacket packet = only(writer.fileHeader(1), record, octets);
            assertThat(packet.octets()).hasSize(4);
            assertThat(packet.wireLength()).isEqualTo(60);
        }
    }

    @Test
    void before23TheWireLengthComesFirstEvenIfItIsLess() throws Exception {
        PcapWriter writer = new PcapWriter(ByteOrder.BIG_ENDIAN, PcapReader.MAGIC_MICROSECONDS, 2, 2);
        CapturedPacket packet = only(writer.fileHeader(1), writer.recordHeader(0, 4, 2), new byte[4]);
        assertThat(packet.octets()).hasSize(4);
        assertThat(packet.wireLength()).isEqualTo(2);
    }

    @Test
    void dgUxFilesAreReadAsOlderThan23() throws Exception {
        PcapWriter writer = new PcapWriter(ByteOrder.BIG_ENDIAN, PcapReader.MAGIC_MICROSECONDS, 543, 0);
        CapturedPacket packet = only(writer.fileHeader(1), writer.recordHeader(0, 4, 60), new byte[4]);
        assertThat(packet.octets()).hasSize(4);
        assertThat(packet.wireLength()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,2", "3,0", "543,1"})
    void otherVersionsAreRefused(int major, int minor) {
        PcapWriter writer = new PcapWriter(ByteOrder.LITTLE_ENDIAN, PcapReader.MAGIC_MICROSECONDS, major, minor);
        assertThatThrownBy(() -> source(writer.fileHeader(1)))
                .hasMessage("x: octet 4: expected pcap version 2, found " + major + "." + minor);
    }
}
