package tcpflowcheck.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.report.JsonSink;

/** Tells again what a {@link Tape} holds. */
final class TapePlayer {
    /** What was open when the tape was made. */
    interface Numbers {
        long stream(long local);

        /** Wireshark's number of the stream that begins there. */
        long wireshark(long local, long clock, long at);
    }

    private final byte[] octets;
    private final String file;
    private final Numbers numbers;
    private final List<String> words = new ArrayList<>();
    private int at;

    /** @param file the captures' name, which the tape leaves open */
    TapePlayer(byte[] octets, String file, Numbers numbers) {
        this.octets = octets;
        this.file = file;
        this.numbers = numbers;
    }

    boolean hasNext() {
        return at < octets.length;
    }

    private long number() {
        long number = 0;
        int shift = 0;
        byte octet;
        do {
            octet = octets[at++];
            number |= (octet & 0x7fL) << shift;
            shift += 7;
        } while (octet < 0);
        return (number >>> 1) ^ -(number & 1);
    }

    private String text() {
        int length = (int) number();
        at += length;
        return new String(octets, at - length, length, StandardCharsets.UTF_8);
    }

    /** Tells the next object. */
    void next(JsonSink to) {
        boolean names = false;
        while (true) {
            byte what = octets[at++];
            switch (what) {
                case Tape.BEGIN_OBJECT -> to.beginObject();
                case Tape.END_OBJECT -> to.endObject();
                case Tape.BEGIN_ARRAY -> to.beginArray();
                case Tape.END_ARRAY -> to.endArray();
                case Tape.END_LINE -> {
                    to.endLine();
                    return;
                }
                case Tape.NEW_WORD -> words.add(text());
                case Tape.KEY -> {
                    String key = words.get((int) number());
                    names = key.equals("file");
                    to.key(key);
                }
                case Tape.NAME -> to.name(words.get((int) number()));
                case Tape.TEXT -> {
                    String text = text();
                    to.value(names ? file : text);
                }
                case Tape.FRAME -> FrameNames.tell((int) number(), number(), to);
                default -> value(what, to);
            }
        }
    }

    private void value(byte what, JsonSink to) {
        switch (what) {
            case Tape.NUMBER -> to.value(number());
            case Tape.TRUE -> to.value(true);
            case Tape.FALSE -> to.value(false);
            case Tape.NOTHING -> to.nothing();
            case Tape.STREAM -> to.value(numbers.stream(number()));
            case Tape.WIRESHARK -> to.value(numbers.wireshark(number(), number(), number()));
            case Tape.IPV4 -> to.address(4, 0, number());
            case Tape.IPV6 -> to.address(6, number(), number());
            default -> throw new IllegalStateException("no such step: " + what);
        }
    }
}
