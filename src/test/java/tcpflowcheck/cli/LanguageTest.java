package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.Catalogue.Language;

/** {@code --lang}, and the locale where it is not given. */
class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "'', EN",
        "LANG=zh_CN.UTF-8, ZH",
        "LANG=zh_TW.utf8@stroke, ZH",
        "LANG=zh_CN, ZH",
        "LANG=zh_CN.GB18030, EN",
        "LANG=en_US.UTF-8, EN",
        "LC_MESSAGES=zh_CN.UTF-8, ZH",
        "LC_MESSAGES=C LANG=zh_CN.UTF-8, EN",
        "LC_ALL=zh_CN.UTF-8 LANG=C, ZH",
        "LC_ALL=C LC_MESSAGES=zh_CN.UTF-8 LANG=zh_CN.UTF-8, EN",
        "TCPFLOW_CHECK_LOCALE=zh_CN.UTF-8 LC_MESSAGES=C LANG=en_US.UTF-8, ZH",
        "LC_ALL= LANG=zh_CN.UTF-8, ZH"
    })
    void theLocaleTells(String variables, Language language) {
        Map<String, String> env = new HashMap<>();
        for (String variable : variables.split(" ")) {
            String[] nameAndValue = variable.split("=", 2);
            env.put(nameAndValue[0], nameAndValue.length < 2 ? "" : nameAndValue[1]);
        }
        assertThat(Options.parse("x.pcap").view().language(env)).isEqualTo(language);
    }

    @Test
    void whatIsAskedForComesFirst() {
        Map<String, String> chinese = Map.of("LANG", "zh_CN.UTF-8");
        assertThat(Options.parse("--lang", "en", "x.pcap").view().language(chinese))
                .isEqualTo(Language.EN);
        assertThat(Options.parse("--lang", "zh", "x.pcap").view().language(Map.of()))
                .isEqualTo(Language.ZH);
    }

    @Test
    void aStoryIsJsonToo() {
        java.util.List<tools.jackson.databind.JsonNode> objects = tcpflowcheck.report.JsonContract.objects(
                Run.of("--view", "story", "--json", "samples/loss.pcap").out());
        assertThat(objects).hasSize(2);
        assertThat(objects.get(0).get("type").asString()).isEqualTo("story");
        assertThat(objects.get(0).get("steps").toString())
                .contains("\"frame\":1,\"afterNanos\":0,\"said\":[\"First segment of the opening: the client sends SYN")
                .contains("fast-retransmission");
        String chinese = Run.of("--view", "story", "--json", "--lang", "zh", "samples/loss.pcap")
                .out();
        assertThat(tcpflowcheck.report.JsonContract.objects(chinese)).hasSize(2);
        assertThat(chinese).contains("\u7b2c\u4e00\u6b21\u63e1\u624b");
    }
}
