package tcpflowcheck.cluster;

import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** Messages whose numbers are those of a part, and are to be those of the whole. */
final class Shifted {
    private static final Pattern FRAME = Pattern.compile("\\bframe (\\d+)");

    private Shifted() {}

    /** The same with {@code more} added to each number behind a word. */
    static String numbers(String message, String word, long more) {
        return Pattern.compile("\\b" + word + "(\\d+)")
                .matcher(message)
                .replaceAll(found -> word + (Long.parseLong(found.group(1)) + more));
    }

    /** The same with each frame named as {@code name} has it. */
    static String frames(String message, LongFunction<String> name) {
        return message.contains("frame ")
                ? FRAME.matcher(message).replaceAll(found -> "frame " + name.apply(Long.parseLong(found.group(1))))
                : message;
    }
}
