package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0a000001, 10.0.0.1",
        "00000000, 0.0.0.0",
        "ffffffff, 255.255.255.255",
        "c0a80164, 192.168.1.100",
    })
    void version4(String address, String text) {
        assertThat(IpAddress.text(4, 0, Long.parseLong(address, 16))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0000000000000000, ::",
        "0000000000000000, 0000000000000001, ::1",
        "0000000000000000, 0000000000010000, ::0.1.0.0",
        "0001000000000000, 0000000000000000, 1::",
        "20010db800000000, 0000000000000001, 2001:db8::1",
        // RFC 5952, section 4.2.2: one group of zeros is not shortened
        "20010db800000001, 0001000100010001, 2001:db8:0:1:1:1:1:1",
        "20010db800010001, 0001000100010000, 2001:db8:1:1:1:1:1:0",
        "0000000100010001, 0001000100010001, 0:1:1:1:1:1:1:1",
        // section 4.2.3: the longest run, and of equals the first
        "2001000000000001, 0000000000000001, 2001:0:0:1::1",
        "20010db800000000, 0001000000000001, 2001:db8::1:0:0:1",
        "0000000000010001, 0001000100000000, ::1:1:1:1:0:0",
        "0001000100010001, 0001000100000000, 1:1:1:1:1:1::",
        "abcdef0123456789, 00ff0fff000ff000, abcd:ef01:2345:6789:ff:fff:f:f000",
        // section 5, and the compatible form, which tcpdump writes alike
        "0000000000000000, 0000ffffc0000201, ::ffff:192.0.2.1",
        "0000000000000000, 00000000c0000201, ::192.0.2.1",
        "0000000000000000, 0001ffffc0000201, ::1:ffff:c000:201",
        "0064ff9b00000000, 00000000c0000221, 64:ff9b::c000:221",
        "0000000000000000, ffff0000c0000201, ::ffff:0:c000:201",
        "fe80000000000000, 021122fffe334455, fe80::211:22ff:fe33:4455",
    })
    void version6(String high, String low, String text) {
        assertThat(IpAddress.text(6, Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)))
                .isEqualTo(text);
    }
}
