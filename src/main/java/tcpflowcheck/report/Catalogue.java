package tcpflowcheck.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import tcpflowcheck.tcp.Rule;

/**
 * Given: the sentences of one language, whole ones with places to fill in. What the code itself says in English, such as
 * the kinds of close, stands only in the catalogues of the other languages; names and sentences of rules stand with what
 * explains them ({@link Explanation}).
 */
public final class Catalogue {
    /** A language. */
    public enum Language {
        EN,
        ZH
    }

    private final Properties sentences = new Properties();
    private final Language language;
    /** Whether the rules' names and sentences are there, too. */
    private boolean rules;

    private Catalogue(Language language) {
        this.language = language;
        String name = "words/" + language.name().toLowerCase(Locale.ROOT) + ".properties";
        try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
            sentences.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    public static Catalogue of(Language language) {
        return new Catalogue(language);
    }

    /** Whether it is the language of the code. */
    boolean isEnglish() {
        return language == Language.EN;
    }

    /** As BCP 47 names the language. */
    String tag() {
        return language == Language.EN ? "en" : "zh-Hans";
    }

    /** A sentence with its places filled in, and its first letter a capital. */
    String say(String key, String... values) {
        String said = fill(key, values);
        return said.isEmpty() ? said : said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
    }

    /** A sentence with its places filled in. */
    String fill(String key, String... values) {
        return MessageFormat.format(sentence(key), (Object[]) values);
    }

    /** Where longer texts of this language stand: a folder beside this class with a slash behind it, or this one. */
    String folder() {
        return language == Language.EN ? "" : "zh/";
    }

    /** A word as it stands in a sentence. */
    String word(String key) {
        return sentence(key);
    }

    /**
     * A word of the code in this language. English has it as the code does.
     *
     * @param group of words, the first part of the sentence's name
     */
    String translated(String group, String english) {
        return language == Language.EN ? english : sentence(key(group, english));
    }

    /** As {@link #translated}, with the English word in brackets behind it, since that is what options and JSON have. */
    String term(String group, String english) {
        return language == Language.EN ? english : sentence(key(group, english)) + " (" + english + ")";
    }

    /** When a rule fires, in one sentence. */
    String sentence(Rule rule) {
        return language == Language.EN ? rule.sentence() : sentence(key("sentence", rule.slug()));
    }

    private static String key(String group, String english) {
        return group + "." + english.replace(' ', '-').replace(',', '-').replace('=', '-');
    }

    private String sentence(String key) {
        String sentence = sentences.getProperty(key);
        if (sentence == null && !rules) {
            readRules();
            sentence = sentences.getProperty(key);
        }
        if (sentence == null) {
            throw new IllegalArgumentException("no sentence: " + key);
        }
        return sentence;
    }

    private void readRules() {
        rules = true;
        if (isEnglish()) {
            return;
        }
        String group = "";
        for (Rule rule : Rule.values()) {
            if (!rule.group().equals(group)) {
                group = rule.group();
                Explanation.names(group, this).forEach((slug, words) -> {
                    sentences.setProperty("rule." + slug, words[0]);
                    sentences.setProperty("sentence." + slug, words[1]);
                });
            }
        }
    }

    /** The names of all sentences. */
    Set<String> keys() {
        if (!rules) {
            readRules();
        }
        return sentences.stringPropertyNames();
    }
}
