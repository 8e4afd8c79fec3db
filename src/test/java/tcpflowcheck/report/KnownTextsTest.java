package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTextsTest {
    private static final String SAME_HASH = "Aa";

    /** "Aa" and "BB" have one hash, and so has whatever is put together of them. */
    private static List<String> sameHash(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 5; bit++) {
                text.append((i >> bit & 1) == 0 ? SAME_HASH : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static String written(JsonWriter json, TextBuffer out) {
        json.endLine();
        String text = out.toString().strip();
        out.clear();
        return text;
    }

    @Test
    void aNameIsWrittenAsATextIs() {
        TextBuffer out = new TextBuffer();
        JsonWriter json = new JsonWriter(out);
        List<String> names = new ArrayList<>(sameHash(32));
        names.add("");
        names.add("a \"quote\" \\ \u202e \u00fc \ud83d\ude00 \n");
        for (int round = 0; round < 3; round++) {
            for (String name : names) {
                json.beginArray().name(name).name(new String(name)).endArray();
                String once = written(json, out);
                json.beginArray().value(name).value(name).endArray();
                assertThat(once).isEqualTo(written(json, out));
            }
        }
    }

    @Test
    void isFoundByTheObject() {
        KnownTexts known = new KnownTexts();
        TextBuffer out = new TextBuffer().append("abc");
        String name = "name";
        assertThat(known.of(name)).isNull();
        known.add(name, out, 1);
        assertThat(known.of(name)).isEqualTo("bc".getBytes(StandardCharsets.US_ASCII));
        assertThat(known.of(new String(name))).isNull();
    }

    @Test
    void thereIsNotRoomForAll() {
        KnownTexts known = new KnownTexts();
        int kept = 0;
        for (String text : sameHash(32)) {
            known.add(text, new TextBuffer().append(text), 0);
            byte[] found = known.of(text);
            if (found != null) {
                assertThat(new String(found, StandardCharsets.US_ASCII)).isEqualTo(text);
                kept++;
            }
        }
        assertThat(kept).isEqualTo(8);
    }
}
