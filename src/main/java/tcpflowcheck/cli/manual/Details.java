package tcpflowcheck.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts of the manual that stand in files: more of an option than the help text has room for, and pages to be filled. */
public final class Details {
    private Details() {}

    /** The lines about each option that there is more to say of, by one of its names. */
    public static Map<String, List<String>> ofOptions() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (String block : read("options.txt").split("(?m)^\\[")) {
            int end = block.indexOf("]\n");
            if (end > 0) {
                texts.put(
                        block.substring(0, end),
                        block.substring(end + 2).strip().lines().toList());
            }
        }
        return texts;
    }

    /** Those about an option, or none. */
    static List<String> of(OptionEntry option, Map<String, List<String>> texts) {
        for (String name : option.names()) {
            if (texts.containsKey(name)) {
                return texts.get(name);
            }
        }
        return List.of();
    }

    static String read(String name) {
        try (InputStream in = Details.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
