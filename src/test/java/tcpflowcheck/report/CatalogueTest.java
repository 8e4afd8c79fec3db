package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.StateDiagram.Arrow;

/** Neither language lacks what the other has. */
class CatalogueTest {
    /** Words that books in Chinese have in English, too, and what is but places. */
    private static final Set<String> WITHOUT_CHINESE =
            Set.of("event.SEND", "event.CLOSE", "event.ABORT", "event.USER-TIMEOUT", "action.x", "explain.rule");

    private final Catalogue english = Catalogue.of(Catalogue.Language.EN);
    private final Catalogue chinese = Catalogue.of(Catalogue.Language.ZH);

    /** The names of what the code says in English itself. */
    private static Set<String> ofTheCode() {
        Set<String> names = new TreeSet<>();
        add(names, "rule", Rule.values());
        add(names, "open", Handshake.Kind.values());
        add(names, "close", Closing.Kind.values());
        add(names, "reset", Reset.Kind.values());
        add(names, "by", Side.values());
        add(names, "sentence", Rule.values());
        add(names, "group", Arrays.stream(Rule.values()).map(Rule::group).toArray());
        add(names, "event", StateDiagram.Event.values());
        add(names, "action", StateDiagram.rows().stream().map(Arrow::action).toArray());
        return names;
    }

    private static void add(Set<String> names, String group, Object[] words) {
        for (Object word : words) {
            names.add(group + "." + word.toString().replaceAll("[ ,=]", "-"));
        }
    }

    @Test
    void sentencesAndPlacesMatch() {
        Set<String> names = new TreeSet<>(english.keys());
        assertThat(names).doesNotContainAnyElementsOf(ofTheCode());
        names.addAll(ofTheCode());
        assertThat(new TreeSet<>(chinese.keys()))
                .as("words/zh.properties, and of rules zh/rules/GROUP.txt")
                .isEqualTo(names);
        for (String key : english.keys()) {
            assertThat(places(chinese.word(key))).as(key).isEqualTo(places(english.word(key)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noQuoteStandsInASentence(Catalogue.Language language) {
        Catalogue words = Catalogue.of(language);
        assertThat(words.keys()).allSatisfy(key -> assertThat(words.word(key)).doesNotContain("'"));
    }

    @Test
    void everySentenceInChineseIsChinese() {
        Pattern han = Pattern.compile("\\p{IsHan}");
        Set<String> written = new TreeSet<>(chinese.keys());
        written.removeAll(WITHOUT_CHINESE);
        assertThat(written).allSatisfy(key -> assertThat(chinese.word(key)).containsPattern(han));
    }

    @Test
    void aTermHasTheEnglishWordBehindIt() {
        assertThat(chinese.term("close", "four-segment")).isEqualTo("四次挥手 (four-segment)");
        assertThat(english.term("close", "four-segment")).isEqualTo("four-segment");
    }

    private static Set<String> places(String sentence) {
        TreeSet<String> places = new TreeSet<>();
        Matcher place = Pattern.compile("\\{\\d\\}").matcher(sentence);
        while (place.find()) {
            places.add(place.group());
        }
        return places;
    }
}
