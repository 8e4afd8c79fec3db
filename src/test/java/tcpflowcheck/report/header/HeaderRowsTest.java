package tcpflowcheck.report.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.tcp.Side;

/** Options stand where they are in the header, octet by octet. */
class HeaderRowsTest {
    private static final HeaderMeaning NONE = new HeaderMeaning(Side.CLIENT, -1, "", -1, "", -1);

    /** The rows of the options alone: fields with a bar between. */
    private static List<String> options(String hex, int captured) {
        byte[] list = HexFormat.of().parseHex(hex);
        byte[] octets = new byte[20 + captured];
        System.arraycopy(list, 0, octets, 20, captured);
        HeaderOctets header = new HeaderOctets(octets, 20 + list.length, "right", 0);
        List<List<HeaderField>> rows = HeaderRows.of(header, NONE);
        return rows.subList(5, rows.size() - 1).stream()
                .map(row -> String.join(
                        " | ", row.stream().map(field -> field.lines().get(0)).toList()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "020405b4; kind 2 MSS | length 4 | Maximum Segment Size 1460",
                "01030307; NOP (kind 1) | kind 3 scale | length 3 | shift 7 x128",
                "030363ff; kind 3 scale | length 3 | shift 99 | malformed",
                "04020000; kind 4 SACK ok | length 2 | end (kind 0) | padding",
                "02030501; kind 2 MSS | length 3 | 0x05 | NOP (kind 1)",
                "08010203; malformed",
                "0109aabb; NOP (kind 1) | malformed"
            })
    void oneRow(String hex, String row) {
        assertThat(options(hex, 4).get(0)).isEqualTo(row);
    }

    @Test
    void aValueAcrossRowsIsToldWhereItHasMostRoom() {
        assertThat(options("040208" + "0a000000070000000900" + "000000", 16))
                .containsExactly(
                        "kind 4 SACK ok | length 2 | kind 8 TS | length 10",
                        "Timestamp Value 7",
                        "Timestamp Echo Reply 9",
                        "end (kind 0) | padding");
        assertThat(options("01080a000000070000000901", 12))
                .containsExactly(
                        "NOP (kind 1) | kind 8 TS | length 10 | ...",
                        "Timestamp Value 7 | ...",
                        "Timestamp Echo Reply 9 | NOP (kind 1)");
    }

    @Test
    void whatTheCaptureHasNotIsSaid() {
        assertThat(options("020405b40101080a0000000700000009", 10))
                .containsExactly(
                        "kind 2 MSS | length 4 | Maximum Segment Size 1460",
                        "NOP (kind 1) | NOP (kind 1) | cut by the capture",
                        "... | ",
                        "6 octets of the header, which the capture does not have");
    }

    @Test
    void anyOctetsMakeWholeRows() {
        Random random = new Random(9293);
        for (int i = 0; i < 200_000; i++) {
            int length = 20 + 4 * random.nextInt(11);
            byte[] octets = new byte[length - (random.nextInt(4) == 0 ? random.nextInt(length - 19) : 0)];
            random.nextBytes(octets);
            for (int at = 20; at < octets.length; at++) {
                octets[at] = random.nextInt(3) == 0 ? octets[at] : (byte) random.nextInt(12);
            }
            List<List<HeaderField>> rows = HeaderRows.of(new HeaderOctets(octets, length, "right", 0), NONE);
            for (List<HeaderField> row : rows) {
                assertThat(row.stream().mapToInt(HeaderField::bits).sum())
                        .as(Arrays.toString(octets))
                        .isEqualTo(HeaderRows.BITS);
            }
            int optionRows = (octets.length - 20 + 3) / 4;
            assertThat(rows).as(Arrays.toString(octets)).hasSize(6 + optionRows + (octets.length < length ? 1 : 0));
        }
    }
}
