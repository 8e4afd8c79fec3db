package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpOptionsTest {
    private final TcpOptions options = new TcpOptions();

    /** Reads octets written in hex, at an offset and with other octets behind them. */
    private TcpOptions read(String hex, int captured) {
        String digits = hex.replace(" ", "");
        int length = digits.length() / 2;
        byte[] buffer = new byte[7 + length + 9];
        java.util.Arrays.fill(buffer, (byte) 0x02);
        for (int i = 0; i < length; i++) {
            buffer[7 + i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        options.wrap(buffer, 7, length, Math.min(length, captured));
        return options;
    }

    private TcpOptions read(String hex) {
        return read(hex, Integer.MAX_VALUE);
    }

    private int[] kinds() {
        int[] kinds = new int[options.kindCount()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = options.kind(i);
        }
        return kinds;
    }

    @Test
    void synOfLinux() {
        read("020405b4 0402 080a 80000001 00000000 01 030307");
        assertThat(options.mss()).isEqualTo(1460);
        assertThat(options.sackPermitted()).isTrue();
        assertThat(options.timestamps()).isTrue();
        assertThat(options.tsVal()).isEqualTo(0x80000001);
        assertThat(options.tsEcr()).isZero();
        assertThat(options.windowShift()).isEqualTo(7);
        assertThat(options.malformed()).isFalse();
        assertThat(kinds()).containsExactly(2, 4, 8, 1, 3);
        assertThat(options.position(2)).isEqualTo(6);
        assertThat(options.optionLength(2)).isEqualTo(10);
        assertThat(options.optionLength(3)).isEqualTo(1);
        assertThat(options.length()).isEqualTo(20);
        assertThat(options.offset()).isEqualTo(7);
    }

    @Test
    void theAlignedTimestampsAreReadAsAnyOther() {
        read("0101 080a 00000005 ffffffff");
        assertThat(options.timestamps()).isTrue();
        assertThat(options.tsVal()).isEqualTo(5);
        assertThat(options.tsEcr()).isEqualTo(-1);
        assertThat(kinds()).containsExactly(1, 1, 8);
        assertThat(options.position(2)).isEqualTo(2);
        assertThat(options.optionLength(2)).isEqualTo(10);
        assertThat(options.mss()).isEqualTo(-1);
        assertThat(options.sackCount()).isZero();
        assertThat(options.malformed()).isFalse();
    }

    @Test
    void timestampsAndSackBlocks() {
        read("0101 080a 00000005 00000006 0101 0512 00000010 00000020 fffffff0 00000008");
        assertThat(options.tsEcr()).isEqualTo(6);
        assertThat(options.sackCount()).isEqualTo(2);
        assertThat(options.left(0)).isEqualTo(0x10);
        assertThat(options.right(0)).isEqualTo(0x20);
        assertThat(options.left(1)).isEqualTo(0xfffffff0);
        assertThat(options.right(1)).isEqualTo(8);
        assertThat(kinds()).containsExactly(1, 1, 8, 1, 1, 5);
        assertThatThrownBy(() -> options.left(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> options.kind(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void fourSackBlocksFillTheHeader() {
        read("0101 0522" + "0000000100000002".repeat(4) + "0000");
        assertThat(options.sackCount()).isEqualTo(4);
        assertThat(options.right(3)).isEqualTo(2);
    }

    @Test
    void nothingStaysFromTheSegmentBefore() {
        read("020405b4 0402 080a 00000001 00000002 030307 2202 1e03 10 1c048001 13120000 00000000 0000");
        read("");
        assertThat(options.kindCount()).isZero();
        assertThat(options.mss()).isEqualTo(-1);
        assertThat(options.windowShift()).isEqualTo(-1);
        assertThat(options.sackPermitted()).isFalse();
        assertThat(options.timestamps()).isFalse();
        assertThat(options.tsVal()).isZero();
        assertThat(options.tsEcr()).isZero();
        assertThat(options.sackCount()).isZero();
        assertThat(options.fastOpenLength()).isEqualTo(-1);
        assertThat(options.fastOpenOffset()).isEqualTo(-1);
        assertThat(options.mptcpSubtype()).isEqualTo(-1);
        assertThat(options.userTimeout()).isEqualTo(-1);
        assertThat(options.experimentId()).isEqualTo(-1);
        assertThat(options.md5()).isFalse();
        assertThat(options.ao()).isFalse();
        assertThat(options.malformed()).isFalse();
        assertThat(options.faultKind()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "2202 0101, 0, 9",
        "2206 01020304 0101, 4, 9",
        "2212 00112233445566778899aabbccddeeff 0101, 16, 9",
        "fe04 f989, 0, 11",
        "fe0c f989 0102030405060708, 8, 11",
    })
    void fastOpen(String hex, int length, int offset) {
        read(hex);
        assertThat(options.fastOpenLength()).isEqualTo(length);
        assertThat(options.fastOpenOffset()).isEqualTo(offset);
        assertThat(options.malformed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fd04 1234, 0x1234",
        "fe06 e2d4c3d9, 0xe2d4",
        "fe04 f989, 0xf989",
        "fd04 f989, 0xf989",
        "fe02 0101, -1",
    })
    void experiments(String hex, int identifier) {
        read(hex);
        assertThat(options.experimentId()).isEqualTo(identifier);
        assertThat(options.fastOpenLength()).isEqualTo(hex.equals("fe04 f989") ? 0 : -1);
        assertThat(options.malformed()).isFalse();
    }

    @Test
    void theOthers() {
        assertThat(read("1e0c 0081 0102030405060708").mptcpSubtype()).isZero();
        assertThat(read("1e08 2001 00000001").mptcpSubtype()).isEqualTo(2);
        assertThat(read("1312" + "00".repeat(16) + "0101").md5()).isTrue();
        assertThat(read("1d04 0102").ao()).isTrue();
        assertThat(read("1c04 000a").userTimeout()).isEqualTo(10);
        assertThat(read("1c04 800a").userTimeout()).isEqualTo(600);
        assertThat(read("03030f00").windowShift()).isEqualTo(15);
    }

    @Test
    void theLastOfAKindCounts() {
        assertThat(read("02040001 02040002").mss()).isEqualTo(2);
        assertThat(read("020405b4 02030000").mss()).isEqualTo(1460);
        assertThat(options.malformed()).isTrue();
    }

    @Test
    void nothingIsReadAfterTheEnd() {
        read("0101 00 02 04 05 b4 ff");
        assertThat(kinds()).containsExactly(1, 1, 0);
        assertThat(options.mss()).isEqualTo(-1);
        assertThat(options.malformed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // length 0, length 1, no length octet, past the list
        "020405b4 0800 0101, 4, 8, 0",
        "020405b4 0801 0101, 4, 8, 1",
        "020405b4 010101 08, 7, 8, 0",
        "020405b4 080a 0101, 4, 8, 10",
        "020405b4 4dff 0101, 4, 77, 255",
    })
    void aListThatRunsOnEndsThere(String hex, int offset, int kind, int length) {
        read(hex);
        assertThat(options.malformed()).isTrue();
        assertThat(options.faultOffset()).isEqualTo(offset);
        assertThat(options.faultKind()).isEqualTo(kind);
        assertThat(options.mss()).isEqualTo(1460);
        assertThat(options.timestamps()).isFalse();
        int last = options.kindCount() - 1;
        assertThat(options.kind(last)).isEqualTo(kind);
        assertThat(options.position(last)).isEqualTo(offset);
        assertThat(options.optionLength(last)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "020305",
                "020505b400",
                "0302",
                "03040700",
                "040300",
                "0502",
                "0509" + "00000000000000",
                "050b000000000000000000",
                "0809" + "00000000000000",
                "080b000000000000000000",
                "1311" + "000000000000000000000000000000",
                "1c0300",
                "1c05000000",
                "1d0300",
                "1e02",
                "220300",
                "220400ff",
                "2207aabbccddee",
                "fe07f989aabbcc",
            })
    void aLengthThatIsWrongForItsKindIsPassedOver(String option) {
        read(option + "020405b4");
        assertThat(options.faultOffset()).isZero();
        assertThat(options.faultKind()).isEqualTo(Integer.parseInt(option.substring(0, 2), 16));
        assertThat(options.kindCount()).isEqualTo(2);
        assertThat(options.mss()).isEqualTo(1460);
        assertThat(options.windowShift()).isEqualTo(-1);
        assertThat(options.sackPermitted()).isFalse();
        assertThat(options.sackCount()).isZero();
        assertThat(options.timestamps()).isFalse();
        assertThat(options.fastOpenLength()).isEqualTo(-1);
        assertThat(options.mptcpSubtype()).isEqualTo(-1);
        assertThat(options.userTimeout()).isEqualTo(-1);
        assertThat(options.md5() || options.ao()).isFalse();
    }

    @Test
    void theFirstFaultIsKept() {
        read("0302 0101 0200");
        assertThat(options.faultOffset()).isZero();
        assertThat(kinds()).containsExactly(3, 1, 1, 2);
    }

    @Test
    void unknownKindsOfAnyLengthAreWellFormed() {
        read("4c02 4e05000000 ff03 00 0000");
        assertThat(kinds()).containsExactly(76, 78, 255, 0);
        assertThat(options.malformed()).isFalse();
    }

    @Test
    void aCutListShowsWholeOptionsOnly() {
        String list = "020405b4 0402 080a 00000001 00000002 01 030307";
        int[] wholeAt = {4, 6, 16, 17, 20};
        for (int captured = 0; captured <= 20; captured++) {
            read(list, captured);
            int whole = 0;
            for (int end : wholeAt) {
                whole += end <= captured ? 1 : 0;
            }
            assertThat(options.kindCount()).as("captured %d", captured).isEqualTo(whole);
            assertThat(options.cut()).isEqualTo(captured < 20);
            assertThat(options.malformed()).isFalse();
            assertThat(options.timestamps()).isEqualTo(captured >= 16);
        }
        assertThat(read("0101080a0000000100000002", 11).timestamps()).isFalse();
    }

    @Test
    void aCutListCanBeMalformedWhereItIsSeen() {
        read("0101 0820 00000001 00000002", 5);
        assertThat(options.cut()).isTrue();
        assertThat(options.faultOffset()).isEqualTo(2);
        assertThat(options.optionLength(2)).isEqualTo(32);
    }

    @Test
    void fortyNops() {
        read("01".repeat(40));
        assertThat(options.kindCount()).isEqualTo(40);
        assertThat(options.position(39)).isEqualTo(39);
    }
}
