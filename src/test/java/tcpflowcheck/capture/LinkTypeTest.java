package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkTypeTest {
    @Test
    void eachIsFoundByItsNumber() {
        Set<Integer> numbers = new HashSet<>();
        for (LinkType type : LinkType.values()) {
            assertThat(numbers.add(type.number())).as(type.name()).isTrue();
            assertThat(LinkType.header(type.number())).as(type.name()).isEqualTo(type.header());
            assertThat(LinkType.nameOf(type.number())).isEqualTo(type.name().replaceFirst("_(BSD|OPENBSD|APPLE)$", ""));
        }
    }

    @Test
    void theOthersHaveTheirNumberForAName() {
        for (int number : new int[] {-1, 1 << 9, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(LinkType.nameOf(number)).isEqualTo("link type " + number);
            assertThat(LinkType.header(number)).isEqualTo(LinkType.Header.NONE);
            assertThat(LinkType.hostNumber(number)).isEqualTo(number);
        }
    }

    /** Those that libpcap has no name for are of dlt.h, which says more than its list of names. */
    @Test
    void libpcapCallsThemTheSame() {
        NativeLibrary pcap = NativeLibrary.getInstance("pcap");
        int known = 0;
        for (int number = 0; number < 1 << 9; number++) {
            String name = pcap.getFunction("pcap_datalink_val_to_name")
                    .invokeString(new Object[] {LinkType.hostNumber(number)}, false);
            if ((name != null && LinkType.hostNumber(number) != number) || (isMeantAlike(number) && name != null)) {
                assertThat(LinkType.nameOf(number)).as("%d", number).isEqualTo(name);
                known++;
            }
        }
        assertThat(known).isGreaterThan(100);
    }

    /** Numbers of systems' own, below 50, stand for other types in files than on the host. */
    private static boolean isMeantAlike(int number) {
        return number <= 10 || number >= 50;
    }
}
