package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.tcp.Rule;

class ExplanationTest {
    private static final Catalogue ENGLISH = Catalogue.of(Catalogue.Language.EN);
    private static final int MEANING = 0;
    private static final int PEERS = 3;

    static Stream<String> groups() {
        return Arrays.stream(Rule.values()).map(Rule::group).distinct();
    }

    static List<String> topics() {
        return Explanation.TOPICS;
    }

    private static String explain(Rule rule) {
        TextBuffer out = new TextBuffer();
        Explanation.append(out, rule, ENGLISH);
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyRuleOfAGroupHasItsTextAndNoTextIsLeftOver(String group) {
        Map<String, List<String>> texts = Explanation.texts(group, ENGLISH);
        assertThat(texts.keySet())
                .as("rules/%s.txt, in the order of Rule", group)
                .containsExactlyElementsOf(Arrays.stream(Rule.values())
                        .filter(rule -> rule.group().equals(group))
                        .map(Rule::slug)
                        .toList());
        texts.forEach((slug, paragraphs) -> {
            assertThat(paragraphs).as(slug).hasSize(Explanation.HEADINGS.size());
            assertThat(paragraphs)
                    .as(slug)
                    .allSatisfy(paragraph -> assertThat(paragraph).isNotBlank().doesNotContain("\t"));
            assertThat(paragraphs.get(MEANING).split("\\s+")).as(slug).hasSizeGreaterThan(10);
            assertThat(paragraphs.get(PEERS)).as(slug).contains("Wireshark:", "Zeek:");
        });
    }

    @Test
    void everyFileIsOfAGroup() throws IOException, URISyntaxException {
        Path rules =
                Path.of(Explanation.class.getResource("rules/open.txt").toURI()).getParent();
        try (Stream<Path> files = Files.list(rules)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            groups().map(group -> group + ".txt").toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndProseFitsTheScreen(Rule rule) {
        String text = explain(rule);
        assertThat(text).startsWith(rule.slug() + " (" + rule.severity() + ")\n  ");
        assertThat(text).doesNotContain(" \n", "\n\n\n").endsWith("\n");
        for (String line : text.split("\n")) {
            if (!line.startsWith("    ")) {
                assertThat(line).hasSizeLessThanOrEqualTo(80);
            }
        }
        String words = squeezed(text);
        assertThat(words).contains(squeezed(rule.sentence()), squeezed(rule.source()));
        for (String paragraph : Explanation.paragraphs(rule, ENGLISH)) {
            assertThat(words).contains(squeezed(paragraph));
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aTopicHasASentenceThenHeadings(String topic) {
        TextBuffer out = new TextBuffer();
        Explanation.append(out, topic, ENGLISH);
        assertThat(out.toString())
                .startsWith(topic + "\n  ")
                .doesNotContain(" \n", "\n\n\n")
                .endsWith("\n");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(out.toString().lines().filter(line -> !line.startsWith(" ") && !line.isEmpty()))
                .contains("What it means", "What you can do")
                .doesNotHaveDuplicates();
        assertThat(Rule.of(topic)).as("no rule has that name").isNull();
    }

    @Test
    void everyFileOfATopicIsExplained() throws IOException, URISyntaxException {
        Path topics = Path.of(Explanation.class.getResource("topics/doubt.txt").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(topics)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            topics().stream().map(topic -> topic + ".txt").toList());
        }
    }

    @Test
    void asItIsPrinted() {
        assertThat(explain(Rule.MSS_MISPLACED)).isEqualTo("""
                mss-misplaced (warning)
                  MSS outside a SYN (RFC 9293 3.7.1)

                What it means
                  The MSS option in a segment without SYN. It means something in a SYN only (RFC
                  9293, section 3.7.1) and is ignored.

                Usual causes
                  A proxy or middlebox that copies the options of a SYN into later segments. A
                  fuzzer or scanner that looks how a stack reacts. A broken stack of a small
                  device. A traffic generator.

                How to see it in the capture
                  Which side sends it, and whether it leaves the host so.
                    tshark -r FILE -Y 'tcp.options.mss_val && tcp.flags.syn == 0' -T fields -e tcp.stream -e ip.src -e ip.ttl
                  For IPv6 write ip6[40+tcpflags] in place of tcp[tcpflags], and ipv6.src and
                  ipv6.hlim for ip.src and ip.ttl.

                What Wireshark and Zeek call it
                  Wireshark: "The non-SYN packet does contain a MSS option"
                  (tcp.options.mss.present). Zeek: none.
                """);
    }
}
