package tcpflowcheck.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tcpflowcheck.report.JsonSink;

/**
 * JSON as it was told, to be told again once its streams' numbers are known: frames are named already. A tape holds several
 * objects; each key and name is written once.
 */
final class Tape implements JsonSink {
    static final byte BEGIN_OBJECT = 0;
    static final byte END_OBJECT = 1;
    static final byte BEGIN_ARRAY = 2;
    static final byte END_ARRAY = 3;
    static final byte END_LINE = 4;
    static final byte NEW_WORD = 5;
    static final byte KEY = 6;
    static final byte NAME = 7;
    static final byte TEXT = 8;
    static final byte NUMBER = 9;
    static final byte TRUE = 10;
    static final byte FALSE = 11;
    static final byte NOTHING = 12;
    static final byte FRAME = 13;
    static final byte STREAM = 14;
    static final byte WIRESHARK = 15;
    static final byte IPV4 = 16;
    static final byte IPV6 = 17;

    private final Ordinals frames;
    private final WiresharkPlaces wireshark;
    private final Map<String, Integer> words = new HashMap<>();
    private byte[] octets = new byte[1 << 16];
    private int size;
    private boolean message;
    private boolean transitions;
    private boolean last;
    private long lastFrame;

    Tape(Ordinals frames, WiresharkPlaces wireshark) {
        this.frames = frames;
        this.wireshark = wireshark;
    }

    int size() {
        return size;
    }

    /** What was told since the last call. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(octets, size);
        size = 0;
        words.clear();
        return taken;
    }

    private Tape put(byte octet) {
        if (size == octets.length) {
            octets = Arrays.copyOf(octets, 2 * size);
        }
        octets[size++] = octet;
        return this;
    }

    private Tape put(byte[] more) {
        while (size + more.length > octets.length) {
            octets = Arrays.copyOf(octets, 2 * octets.length);
        }
        System.arraycopy(more, 0, octets, size, more.length);
        size += more.length;
        return this;
    }

    /** Seven bits an octet, the lowest first; small numbers of either sign are short. */
    private Tape putNumber(long number) {
        long left = (number << 1) ^ (number >> (Long.SIZE - 1));
        while ((left & ~0x7fL) != 0) {
            put((byte) (left | 0x80));
            left >>>= 7;
        }
        return put((byte) left);
    }

    private Tape putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return putNumber(utf8.length).put(utf8);
    }

    private Tape putWord(byte kind, String word) {
        Integer known = words.get(word);
        if (known == null) {
            known = words.size();
            words.put(word, known);
            put(NEW_WORD).putText(word);
        }
        return put(kind).putNumber(known);
    }

    @Override
    public JsonSink beginObject() {
        return put(BEGIN_OBJECT);
    }

    @Override
    public JsonSink endObject() {
        return put(END_OBJECT);
    }

    @Override
    public JsonSink beginArray() {
        return put(BEGIN_ARRAY);
    }

    @Override
    public JsonSink endArray() {
        return put(END_ARRAY);
    }

    @Override
    public void endLine() {
        put(END_LINE);
    }

    @Override
    public JsonSink key(String key) {
        message = key.equals("message");
        last = key.equals("lastFrame");
        transitions = transitions ? !key.equals("zeek") : key.equals("transitions");
        return putWord(KEY, key);
    }

    @Override
    public JsonSink value(String text) {
        if (text == null) {
            return nothing();
        }
        return put(TEXT).putText(message ? Shifted.frames(text, this::named) : text);
    }

    private String named(long frame) {
        long at = frames.at(frame);
        return Place.number(at) + " of file " + Place.file(at);
    }

    @Override
    public JsonSink name(String name) {
        return putWord(NAME, name);
    }

    @Override
    public JsonSink value(long number) {
        return put(NUMBER).putNumber(number);
    }

    @Override
    public JsonSink value(boolean truth) {
        return put(truth ? TRUE : FALSE);
    }

    @Override
    public JsonSink nothing() {
        return put(NOTHING);
    }

    @Override
    public JsonSink frame(long number) {
        lastFrame = last ? number : lastFrame;
        if (transitions && number > lastFrame) {
            return nothing(); // time alone has passed, and which frame shows that is another flow's business
        }
        long at = frames.at(number);
        return put(FRAME).putNumber(Place.file(at)).putNumber(Place.number(at));
    }

    @Override
    public JsonSink stream(long number) {
        return put(STREAM).putNumber(number);
    }

    @Override
    public JsonSink wiresharkStream(long number) {
        Place first = frames.place(wireshark.firstFrame());
        return put(WIRESHARK).putNumber(number).putNumber(first.clock()).putNumber(first.at());
    }

    @Override
    public JsonSink address(int ipVersion, long high, long low) {
        return ipVersion == 4
                ? put(IPV4).putNumber(low)
                : put(IPV6).putNumber(high).putNumber(low);
    }
}
