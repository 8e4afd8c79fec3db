package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class LinkTypeTest {
    @Test
    void everyConstantIsNamedAsItIsCalled() throws Exception {
        for (Field field : LinkType.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                String name = field.getName().startsWith("RAW_") ? "RAW" : field.getName();
                assertThat(LinkType.name(field.getInt(null))).isEqualTo(name);
            }
        }
    }

    @Test
    void theOthersHaveANameOrTheirNumber() {
        assertThat(LinkType.name(127)).isEqualTo("IEEE802_11_RADIO");
        assertThat(LinkType.name(65_535)).isEqualTo("link type 65535");
        assertThat(LinkType.name(-1)).isEqualTo("link type -1");
    }
}
