package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonWriterTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int ROUNDS = 3000;

    private final TextBuffer out = new TextBuffer(1);
    private final JsonWriter json = new JsonWriter(out);

    @Test
    void commasStandBetweenAndNowhereElse() {
        json.beginObject().member("a", 1).key("b").beginArray().endArray();
        json.key("c").beginArray().value(1).beginObject().endObject().value("x").value(true);
        json.nothing()
                .endArray()
                .member("d", false)
                .known("e", -1)
                .known("f", 0)
                .endObject();
        json.endLine();
        json.beginArray().endArray();
        assertThat(out)
                .hasToString("{\"a\":1,\"b\":[],\"c\":[1,{},\"x\",true,null],\"d\":false,\"e\":null,\"f\":0}\n[]");
    }

    @ParameterizedTest
    @CsvSource({
        "22, '\\\"'",
        "5c, '\\\\'",
        "2f, /",
        "27, ''''",
        "9, \\t",
        "a, \\n",
        "d, \\r",
        "0, \\u0000",
        "8, \\u0008",
        "1b, \\u001b",
        "1f, \\u001f",
        "7f, \\u007f",
        "80, \\u0080",
        "9b, \\u009b",
        "ad, \\u00ad",
        "200b, \\u200b",
        "200e, \\u200e",
        "202e, \\u202e",
        "2028, \\u2028",
        "2029, \\u2029",
        "2066, \\u2066",
        "feff, \\ufeff",
        "e9, é",
        "fffd, \uFFFD",
        "1f980, \uD83E\uDD80",
        "e0041, \\udb40\\udc41",
    })
    void oneCharacter(String point, String written) {
        json.value(Character.toString(Integer.parseInt(point, 16)));
        assertThat(out).hasToString('"' + written + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "\\uD800, \\ufffd",
        "\\uDC00x, \\ufffdx",
        "\\uD83E\\uD83E\\uDD80, \\ufffd\uD83E\uDD80",
        "a\\uD83E, a\\ufffd"
    })
    void aLoneSurrogateIsReplaced(String escaped, String written) {
        json.value(unescape(escaped));
        assertThat(out).hasToString('"' + written + '"');
    }

    /** Lone surrogates can't stand in a source. */
    private static String unescape(String text) {
        StringBuilder unescaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean escape = text.startsWith("\\u", i);
            unescaped.append(escape ? (char) Integer.parseInt(text.substring(i + 2, i + 6), 16) : text.charAt(i));
            i += escape ? 5 : 0;
        }
        return unescaped.toString();
    }

    @Test
    void numbersKeepSixtyFourBits() {
        json.beginArray().value(Long.MAX_VALUE).value(Long.MIN_VALUE).value(0).endArray();
        assertThat(out).hasToString("[9223372036854775807,-9223372036854775808,0]");
    }

    @Test
    void addresses() {
        json.beginArray()
                .address(4, 0, 0xc0a80001L)
                .address(6, 0x20010db800000000L, 1)
                .endArray();
        assertThat(out).hasToString("[\"192.168.0.1\",\"2001:db8::1\"]");
    }

    @Test
    void whatWasWrittenIsWhatAParserReads() throws IOException {
        Random random = new Random(9293);
        for (int round = 0; round < ROUNDS; round++) {
            out.clear();
            JsonNode tree = tree(random, 4);
            write(tree);
            json.endLine();
            String text = strictUtf8();
            assertThat(JsonContract.parse(text)).isEqualTo(tree);
            assertThat(text.chars().filter(c -> c < ' ')).containsExactly((int) '\n');
            assertThat(text.codePoints().filter(JsonWriterTest::isHidden)).containsExactly((int) '\n');
        }
    }

    @Test
    void nothingIsAllocatedOnceTheBufferHasGrown() {
        String text = "plain, \"quoted\", \u001b[2J, \uD83E\uDD80 and \u202e";
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The compiler may allocate once when it throws code away; what a text allocates shows in every round.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                out.clear();
                json.beginObject().member("text", text).member("number", i).known("none", -1);
                json.key("address")
                        .address(6, i, i)
                        .key("list")
                        .beginArray()
                        .value(true)
                        .nothing();
                json.endArray().endObject().endLine();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private String strictUtf8() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        out.drainTo(octets);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8: " + octets, e);
        }
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private void write(JsonNode node) {
        if (node.isObject()) {
            json.beginObject();
            node.properties().forEach(member -> {
                json.key(member.getKey());
                write(member.getValue());
            });
            json.endObject();
        } else if (node.isArray()) {
            json.beginArray();
            node.forEach(this::write);
            json.endArray();
        } else if (node.isString()) {
            json.value(node.stringValue());
        } else if (node.isBoolean()) {
            json.value(node.booleanValue());
        } else if (node.isNull()) {
            json.value((String) null);
        } else {
            json.value(node.longValue());
        }
    }

    private static JsonNode tree(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 7 : 4);
        switch (kind) {
            case 0 -> {
                return NODES.stringNode(text(random));
            }
            case 1 -> {
                long number = random.nextLong() >> random.nextInt(64);
                return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
            }
            case 2 -> {
                return NODES.booleanNode(random.nextBoolean());
            }
            case 3 -> {
                return NODES.nullNode();
            }
            case 4 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    array.add(tree(random, depth - 1));
                }
                return array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    object.set(text(random), tree(random, depth - 1));
                }
                return object;
            }
        }
    }

    /** Every kind of character; lone surrogates, which become others, have a test of their own. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int[] bounds = {0x20, 0x80, 0x100, 0x2070, 0x10000, Character.MAX_CODE_POINT + 1};
        for (int i = random.nextInt(20); i > 0; i--) {
            int point = random.nextInt(bounds[random.nextInt(bounds.length)]);
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            text.appendCodePoint(surrogate ? '"' : point);
        }
        return text.toString();
    }
}
