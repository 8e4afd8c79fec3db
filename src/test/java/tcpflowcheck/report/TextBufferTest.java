package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.wire.IpAddress;

class TextBufferTest {
    private final TextBuffer out = new TextBuffer(1);

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                99,
                100,
                12345,
                2147483647L,
                2147483648L,
                4294967295L,
                99_999_999_999L,
                Long.MAX_VALUE,
                -1
            })
    void numbersInEveryForm(long value) {
        assertThat(out.unsigned(value).toString()).isEqualTo(Long.toUnsignedString(value));
        out.clear();
        assertThat(out.unsigned((int) value).toString()).isEqualTo(Integer.toUnsignedString((int) value));
        out.clear();
        assertThat(out.decimal(value).toString()).isEqualTo(Long.toString(value));
        out.clear();
        assertThat(out.hex(value).toString()).isEqualTo(Long.toHexString(value));
    }

    @Test
    void everyPowerOfTenHasItsDigits() {
        long power = 1;
        for (int i = 0; i < 18; i++) {
            power *= 10;
            out.clear();
            out.unsigned(power - 1).append(' ').unsigned(power);
            assertThat(out.toString()).isEqualTo((power - 1) + " " + power);
        }
        out.clear();
        assertThat(out.decimal(Long.MIN_VALUE).toString()).isEqualTo("-9223372036854775808");
    }

    @Test
    void columns() {
        out.padded(7, 1)
                .append(' ')
                .padded(7, 2)
                .append(' ')
                .padded(7, 9)
                .append(' ')
                .padded(123_456_789, 9);
        assertThat(out.toString()).isEqualTo("7 07 000000007 123456789");
        out.clear();
        out.right(7, 3)
                .append('|')
                .right(-7, 3)
                .append('|')
                .right(1234, 3)
                .append('|')
                .repeat('-', 3);
        assertThat(out.toString()).isEqualTo("  7| -7|1234|---");
        out.clear();
        out.hex(0xabcdefL, 4).append(' ').hex(5, 8).append(' ').hex(new byte[] {0, (byte) 0xfe, 3}, 1, 2);
        assertThat(out.toString()).isEqualTo("cdef 00000005 fe03");
    }

    @Test
    void textInAnyScript() {
        String text = "plain, \u00e9, \u2500\u25ba, \ud83d\ude00, \ud83d!";
        assertThat(out.append(text).toString())
                .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        out.clear();
        assertThat(out.append("a\ud83d").toString()).isEqualTo("a?");
    }

    @Test
    void addresses() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long high = sparse(random);
            long low = sparse(random);
            out.clear();
            assertThat(out.ipv6(high, low).toString()).as("seed %d", seed).isEqualTo(rfc5952(high, low));
            out.clear();
            assertThat(out.ipv4((int) low).toString()).isEqualTo(IpAddress.text(4, 0, low & 0xffff_ffffL));
        }
    }

    /** As the RFC has it, by way of text: all groups, then the first of the longest runs of zeros taken out. */
    private static String rfc5952(long high, long low) {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            long group = (i < 4 ? high : low) >>> (48 - 16 * (i % 4)) & 0xffff;
            groups.append(i == 0 ? "" : ":").append(Long.toHexString(group));
        }
        String text = groups.toString();
        for (int run = 8; run >= 2; run--) {
            Matcher zeros =
                    Pattern.compile("(^|:)" + "0:".repeat(run - 1) + "0(:|$)").matcher(text);
            if (zeros.find()) {
                text = text.substring(0, zeros.start()) + "::" + text.substring(zeros.end());
                break;
            }
        }
        boolean dotted = text.matches("::(ffff:)?[0-9a-f]{1,4}:[0-9a-f]{1,4}");
        return dotted ? text.replaceFirst("[0-9a-f]+:[0-9a-f]+$", IpAddress.text(4, 0, low & 0xffff_ffffL)) : text;
    }

    /** Groups that are zero more often than not. */
    private static long sparse(Random random) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 16 | (random.nextInt(3) > 0 ? 0 : random.nextInt() & 0xffff >> (4 * random.nextInt(4)));
        }
        return value;
    }

    @Test
    void drainedTextIsGone() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        out.append("one ").append("two".getBytes(StandardCharsets.US_ASCII)).drainTo(stream);
        assertThat(out.length()).isZero();
        out.append(" three").drainTo(stream);
        assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo("one two three");
    }

    @Test
    void truncatedTextKeepsItsBeginning() {
        out.append("abc").truncate(1);
        assertThat(out.append('d').toString()).isEqualTo("ad");
        assertThatThrownBy(() -> out.truncate(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
