package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.Rule;

/** What is explained in English is explained in Chinese, whole. */
class ChineseExplanationTest {
    private static final Catalogue ENGLISH = Catalogue.of(Catalogue.Language.EN);
    private static final Catalogue CHINESE = Catalogue.of(Catalogue.Language.ZH);
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    /** Fields, settings and counters: what has a dot or an underscore in its midst. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*(?:[._]\\w+)+");

    static Stream<String> groups() {
        return Arrays.stream(Rule.values()).map(Rule::group).distinct();
    }

    static List<String> topics() {
        return Explanation.TOPICS;
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyRuleHasTheSameSections(String group) {
        Map<String, List<String>> english = Explanation.texts(group, ENGLISH);
        Map<String, List<String>> chinese = Explanation.texts(group, CHINESE);
        assertThat(chinese.keySet()).as("zh/rules/%s.txt", group).containsExactlyElementsOf(english.keySet());
        english.forEach((slug, paragraphs) -> {
            List<String> translated = chinese.getOrDefault(slug, List.of());
            assertThat(translated).as(slug).hasSameSizeAs(paragraphs);
            for (int i = 0; i < paragraphs.size(); i++) {
                assertSame(slug, paragraphs.get(i), translated.get(i));
            }
            assertThat(translated.get(translated.size() - 1)).as(slug).contains("Wireshark：", "Zeek：");
        });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyTopicHasTheSameSections(String topic) {
        List<String> english = Explanation.blocks(topic, ENGLISH);
        List<String> chinese = Explanation.blocks(topic, CHINESE);
        assertThat(chinese).hasSameSizeAs(english);
        for (int i = 0; i < english.size(); i++) {
            assertSame(topic, english.get(i), chinese.get(i));
        }
    }

    /** The same heading is the same in every topic. */
    @Test
    void headingsAreTranslatedAlike() {
        Map<String, Set<String>> translations = new HashMap<>();
        for (String topic : topics()) {
            List<String> english = headings(topic, ENGLISH);
            List<String> chinese = headings(topic, CHINESE);
            assertThat(chinese).as(topic).doesNotHaveDuplicates();
            for (int i = 0; i < english.size(); i++) {
                translations
                        .computeIfAbsent(english.get(i), heading -> new TreeSet<>())
                        .add(chinese.get(i));
            }
        }
        assertThat(translations)
                .allSatisfy((heading, chinese) -> assertThat(chinese)
                        .as(heading)
                        .singleElement()
                        .asString()
                        .hasSizeLessThan(20)
                        .containsPattern(HAN));
        assertThat(translations.get("What it means")).containsExactly(CHINESE.word("explain.meaning"));
    }

    private static List<String> headings(String topic, Catalogue words) {
        return Explanation.blocks(topic, words).stream()
                .skip(1)
                .map(block -> block.substring(0, block.indexOf('\n')))
                .toList();
    }

    /** Commands, numbers and names are those of the English text. */
    private static void assertSame(String word, String english, String chinese) {
        assertThat(chinese).as(word).containsPattern("[\\p{IsHan}：]").doesNotContain("\t", " \n");
        assertThat(commands(chinese)).as(word).isEqualTo(commands(english));
        assertThat(all(NUMBER, chinese)).as(word).containsAll(all(NUMBER, english));
        assertThat(all(NAME, chinese)).as(word).isEqualTo(all(NAME, english));
    }

    private static List<String> commands(String text) {
        return text.lines().filter(line -> line.startsWith("    ")).toList();
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void noFileIsLeftOver() throws IOException, URISyntaxException {
        List<String> files = new ArrayList<>();
        groups().forEach(group -> files.add("rules/" + group + ".txt"));
        topics().forEach(topic -> files.add("topics/" + topic + ".txt"));
        Path folder = Path.of(Explanation.class.getResource("zh/rules/open.txt").toURI())
                .resolveSibling("..")
                .normalize();
        try (Stream<Path> found = Files.walk(folder)) {
            assertThat(found.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndLinesFitTheScreen(Rule rule) {
        TextBuffer out = new TextBuffer();
        Explanation.append(out, rule, CHINESE);
        assertThat(out.toString()).startsWith(rule.slug() + " (" + rule.severity() + ")  ");
        assertFits(out.toString());
        String printed = squeezed(out.toString());
        assertThat(printed).contains(squeezed(CHINESE.sentence(rule)), squeezed(rule.source()));
        for (String paragraph : Explanation.paragraphs(rule, CHINESE)) {
            assertThat(printed).contains(squeezed(paragraph));
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void topicsFitTheScreen(String topic) {
        TextBuffer out = new TextBuffer();
        Explanation.append(out, topic, CHINESE);
        assertFits(out.toString());
        assertThat(squeezed(out.toString()))
                .isEqualTo(squeezed(topic + String.join("", Explanation.blocks(topic, CHINESE))));
    }

    private static void assertFits(String text) {
        assertThat(text).doesNotContain(" \n", "\n\n\n").endsWith("\n");
        assertThat(text.lines().filter(line -> !line.startsWith("    ")))
                .allMatch(line -> WrappedText.columns(line) <= 80)
                .noneMatch(line -> line.matches(" *[，。、；：）！？”》].*"));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void asItIsPrinted() {
        Run run = Run.of("--explain", "mss-misplaced", "--lang", "zh");
        assertThat(run.out()).isEqualTo("""
                mss-misplaced (warning)  MSS 位置错误
                  SYN 以外的报文段带有 MSS 选项（RFC 9293 3.7.1）。

                含义
                  SYN 以外的报文段带有 MSS 选项。它只在 SYN 中有意义（RFC 9293 第 3.7.1 节），在
                  别处被忽略。

                常见原因
                  代理或中间设备把 SYN 的选项复制到以后的报文段。模糊测试工具或扫描器试探协议栈
                  的反应。小型设备上有缺陷的协议栈。流量发生器。

                如何在捕获中查看
                  是哪一端发送的，以及它离开主机时是否就如此。
                    tshark -r FILE -Y 'tcp.options.mss_val && tcp.flags.syn == 0' -T fields -e tcp.stream -e ip.src -e ip.ttl
                  对于 IPv6，把 tcp[tcpflags] 写成 ip6[40+tcpflags]，把 ip.src 和 ip.ttl 写成
                  ipv6.src 和 ipv6.hlim。

                Wireshark 和 Zeek 的叫法
                  Wireshark："The non-SYN packet does contain a MSS option"
                  (tcp.options.mss.present)。Zeek：无。
                """);
    }

    /** The locale is as good as the option, and the option comes first. */
    @Test
    void theLocaleTellsTheLanguage() {
        Map<String, String> locale = Map.of("LC_ALL", "zh_CN.UTF-8");
        for (String[] question : new String[][] {{"--explain", "doubt"}, {"--rules"}, {"--states"}}) {
            String[] asked = Arrays.copyOf(question, question.length + 2);
            asked[question.length] = "--lang";
            asked[question.length + 1] = "zh";
            String chinese = Run.of(asked).out();
            assertThat(chinese).containsPattern(HAN);
            assertThat(Run.with(locale, false, new byte[0], question).out()).isEqualTo(chinese);
            asked[question.length + 1] = "en";
            assertThat(Run.with(locale, false, new byte[0], asked).out())
                    .isEqualTo(Run.of(question).out())
                    .doesNotContainPattern(HAN);
        }
    }
}
