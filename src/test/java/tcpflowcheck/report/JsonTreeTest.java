package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tcpflowcheck.tcp.Side;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {
    private final TextBuffer out = new TextBuffer();
    private final JsonTree tree = new JsonTree();

    private static void write(JsonSink json, int number) {
        json.beginObject().member("number", number).member("large", Long.MAX_VALUE);
        json.member("text", "a \"quoted\"\n\u202e \\ one").member("none", (String) null);
        json.member("yes", true).member("no", false).member("side", Side.SERVER).member("nobody", (Side) null);
        json.known("known", 0).known("unknown", -1);
        json.key("empty").beginObject().endObject().key("nothing").beginArray().endArray();
        json.key("list").beginArray().value(1).beginObject().member("in", 2).endObject();
        json.beginArray()
                .value("x")
                .nothing()
                .value(true)
                .endArray()
                .name("last")
                .endArray();
        json.key("four").address(4, 0, 0x0a000001L).key("six").address(6, 0x2001_0db8L << 32, 1);
        json.member("end", number).endObject().endLine();
    }

    /** Read back, the text of what was written is the tree. */
    @Test
    void hasWhatTheTextHas() {
        for (int number = 1; number <= 2; number++) {
            out.clear();
            write(new JsonWriter(out), number);
            write(tree, number);
            Map<?, ?> read = JsonMapper.builder().build().readValue(out.toString(), Map.class);
            assertThat(tree.object()).hasToString(read.toString());
        }
    }

    @Test
    void numbersAreLongs() {
        write(tree, 7);
        assertThat(tree.object()).containsEntry("number", 7L).containsEntry("known", 0L);
    }
}
