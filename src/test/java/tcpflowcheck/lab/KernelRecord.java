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
 */
record KernelRecord(String client, String server, List<String> clientPath, List<String> serverPath) {
    static List<KernelRecord> read(Path truth) {
        List<KernelRecord> records = new ArrayList<>();
        for (JsonNode connection : new ObjectMapper().readTree(truth.toFile()).get("connections")) {
            records.add(new KernelRecord(
                    endpoint(connection.get("client")),
                    endpoint(connection.get("server")),
                    path(connection.get("client_path")),
                    path(connection.get("server_path"))));
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

    String ends() {
        return client + " > " + server;
    }

    /** In a simultaneous open the other end may come first at a tap. */
    String endsTurned() {
        return server + " > " + client;
    }
}
