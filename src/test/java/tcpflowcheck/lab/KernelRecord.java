package tcpflowcheck.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Given: what the kernel recorded of one connection, as the laboratory writes it.
 *
 * @param client address and port, as {@code 10.9.0.1.40001}
 * @param clientPath its states, in the names of RFC 9293
 * @param begin when the client was about to send its SYN, nanoseconds since the epoch
 * @param impersonated the side in whose place the bridge sent a segment, or an empty string
 */
record KernelRecord(
        String client,
        String server,
        List<String> clientPath,
        List<String> serverPath,
        long begin,
        String impersonated) {
    static List<KernelRecord> read(Path truth) {
        List<KernelRecord> records = new ArrayList<>();
        JsonNode whole = new ObjectMapper().readTree(truth.toFile());
        for (JsonNode connection : whole.get("connections")) {
            records.add(new KernelRecord(
                    endpoint(connection.get("client")),
                    endpoint(connection.get("server")),
                    path(connection.get("client_path")),
                    path(connection.get("server_path")),
                    connection.get("client_states").get(0).get("time").asLong(),
                    whole.path("impersonated").asString("")));
        }
        return records;
    }

    private static String endpoint(JsonNode end) {
        return end.get("address").asString() + "." + end.get("port").asInt();
    }

    private static List<String> path(JsonNode states) {
        List<String> path = new ArrayList<>();
        states.forEach(state -> path.add(state.asString()));
        return path;
    }

    /** What a capture shows of this side is not all its own: the bridge's segments pass every tap but the side's. */
    boolean isPlayedByAnother(String side, Path capture) {
        return side.equals(impersonated) && !capture.getFileName().toString().contains("." + side + ".");
    }

    String ends() {
        return client + " > " + server;
    }

    /** In a simultaneous open the other end may come first at a tap. */
    String endsTurned() {
        return server + " > " + client;
    }
}
