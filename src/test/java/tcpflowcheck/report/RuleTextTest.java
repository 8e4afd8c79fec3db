package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tcpflowcheck.golden.Golden;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.Rule;

class RuleTextTest {
    private final TextBuffer out = new TextBuffer();

    @Test
    void eachRuleOnALineUnderItsGroup() {
        RuleText.append(out, Catalogue.of(Catalogue.Language.EN));
        String group = "";
        int rules = 0;
        int sentences = 0;
        for (String line : out.toString().split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            if (!line.startsWith("  ")) {
                group = line;
                continue;
            }
            Rule rule = Rule.values()[rules++];
            assertThat(line.split(" +", 4))
                    .containsExactly("", rule.slug(), rule.severity().toString(), rule.sentence());
            assertThat(group).isEqualTo(rule.group());
            sentences = rules == 1 ? line.indexOf(rule.sentence()) : sentences;
            assertThat(line.indexOf(rule.sentence())).as(line).isEqualTo(sentences);
        }
        assertThat(rules).isEqualTo(Rule.values().length);
    }

    @Test
    void inChineseAsItIsPrinted() throws IOException {
        Golden.assertMatches("rules-zh.txt", Run.of("--rules", "--lang", "zh").out());
    }

    @Test
    void inChineseTheTableIsTheSameButForItsSentencesAndHeadings() {
        String text = Run.of("--rules", "--lang", "zh").out();
        assertThat(text).startsWith("""
                建立连接 (open)
                  handshake-refused        warning  以可接受的 RST 应答 SYN
                """);
        String english = Run.of("--rules").out();
        assertThat(text.lines().filter(line -> line.startsWith(" ")).map(RuleTextTest::slugAndSeverity))
                .containsExactlyElementsOf(english.lines()
                        .filter(line -> line.startsWith(" "))
                        .map(RuleTextTest::slugAndSeverity)
                        .toList());
    }

    private static String slugAndSeverity(String line) {
        return line.replaceFirst("(  \\S+ +\\S+ +).*", "$1");
    }

    @Test
    void eachGroupOnce() {
        RuleText.append(out, Catalogue.of(Catalogue.Language.EN));
        List<String> groups =
                Arrays.stream(Rule.values()).map(Rule::group).distinct().toList();
        assertThat(out.toString().lines().filter(line -> !line.isEmpty() && !line.startsWith(" ")))
                .containsExactlyElementsOf(groups);
        assertThat(out.toString()).startsWith(groups.get(0) + "\n").doesNotContain("\n\n\n", " \n");
    }
}
