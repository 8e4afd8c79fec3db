package tcpflowcheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.capture.CaptureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The model can do what the kernel did: of each sample that it has the words for, the kernel's paths are possible ones. */
class ModelTruthTest {
    private static final Path SAMPLES = Path.of("samples");

    /** Text on a SYN, an end that gives up by itself, and ICMP errors are not of the model. */
    private static final List<String> BEYOND = List.of("fast-open", "unanswered", "unreachable");

    private static final Map<String, String> WORLDS =
            Map.of("abort", "abort", "refused", "refused", "simultaneous-open", "simultaneous");

    static List<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".truth.json"))
                    .map(name -> name.replace(".truth.json", ""))
                    .filter(name -> !BEYOND.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theKernelsPathsArePossible(String sample) throws IOException, CaptureException {
        Path ng = SAMPLES.resolve(sample + ".pcapng");
        Map<Integer, char[]> words = WordOf.of(Files.exists(ng) ? ng : SAMPLES.resolve(sample + ".pcap"));
        World world = World.named(WORLDS.getOrDefault(sample, "clean"));
        for (JsonNode connection : new ObjectMapper()
                .readTree(SAMPLES.resolve(sample + ".truth.json").toFile())
                .get("connections")) {
            int port = connection.get("client").get("port").asInt();
            boolean turned = !words.containsKey(port);
            char[] word =
                    words.get(turned ? connection.get("server").get("port").asInt() : port);
            long client = path(connection.get("client_path"));
            long server = path(connection.get("server_path"));
            assertThat(possible(world, word, turned ? server : client, turned ? client : server))
                    .as(Segments.text(word, word.length))
                    .isTrue();
        }
    }

    private static boolean possible(World world, char[] word, long first, long second) {
        boolean[] found = {false};
        Exhaustion.follow(world, word, (each, length, cut, quiescent) -> {
            for (int i = 0; length == word.length && i < quiescent.size(); i++) {
                found[0] |= quiescent.path(i, 0) == first && quiescent.path(i, 1) == second;
            }
        });
        return found[0];
    }

    private static long path(JsonNode states) {
        StringBuilder names = new StringBuilder();
        states.forEach(state -> names.append(state.asString()).append(' '));
        return Paths.parse(names.toString());
    }
}
