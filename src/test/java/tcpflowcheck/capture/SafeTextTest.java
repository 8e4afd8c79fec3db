package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void whatATerminalWouldActOnIsSpelledOut() {
        assertThat(SafeText.of("a\u001b[2Jb\n\t\u007f")).isEqualTo("a\\x1b[2Jb\\x0a\\x09\\x7f");
        assertThat(SafeText.of("\u0085\u009b31m")).isEqualTo("\\x85\\x9b31m");
        assertThat(SafeText.of("\u202egpj.pcap\u2066\u2028\ufeff")).isEqualTo("\\u202egpj.pcap\\u2066\\u2028\\ufeff");
        assertThat(SafeText.of("\udb40\udc41\ud800")).isEqualTo("\\U000e0041\\ud800");
    }

    @Test
    void whatTheLogOfABuildWouldObeyIsSpelledOut() {
        assertThat(SafeText.of("::error ::x")).isEqualTo("\\x3a:error \\x3a:x");
        assertThat(SafeText.of("a ::add-mask::\u3000::stop-commands::x"))
                .isEqualTo("a \\x3a:add-mask::\u3000\\x3a:stop-commands::x");
        assertThat(SafeText.of("##[error]x ##vso[task] ###")).isEqualTo("#\\x23[error]x #\\x23vso[task] #\\x23\\x23");
        assertThat(SafeText.of(SafeText.of(" ::error::##[x]"))).isEqualTo(" \\x3a:error::#\\x23[x]");
        String harmless = "C::D ::1 fe80::1.80 # 1 #2";
        assertThat(SafeText.of(harmless)).isSameAs(harmless);
    }

    @Test
    void textInAnyScriptStays() {
        String text = "C:\\Mitschnitt \u00fc \u4e2d\u6587 \ud83d\ude80.pcap";

        assertThat(SafeText.of(text)).isSameAs(text);
    }
}
