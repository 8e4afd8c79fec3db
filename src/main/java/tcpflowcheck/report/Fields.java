package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where objects go of which some fields are shown: to lines of CSV or TSV, or to JSON. */
public final class Fields {
    /** What an object becomes. */
    public enum Form {
        CSV,
        TSV,
        JSON
    }

    /** Of a flow in CSV and TSV, where nothing else is asked for. */
    public static final List<String> OF_FLOW = List.of(
            "stream",
            "client.address",
            "client.port",
            "server.address",
            "server.port",
            "start",
            "durationNanos",
            "handshake.kind",
            "timing.connectNanos",
            "timing.firstOctetNanos",
            "close.kind",
            "close.by",
            "reset.kind",
            "reset.by",
            "packets.client",
            "packets.server",
            "bytes.client",
            "bytes.server",
            "findings.rule");

    /** Of a group, behind what its flows have in common. */
    public static final List<String> OF_GROUP = List.of(
            "flows",
            "opened",
            "handshakes.refused",
            "handshakes.unreachable",
            "handshakes.unanswered",
            "handshakes.half-open",
            "resetsBy.client",
            "resetsBy.server",
            "connect.medianNanos",
            "connect.p99Nanos",
            "firstOctet.medianNanos",
            "firstOctet.p99Nanos",
            "bytes.client",
            "bytes.server",
            "segments",
            "retransmittedBytes",
            "firstFrame",
            "lastFrame",
            "start",
            "end");

    private final Form form;
    private final @Nullable CsvLines lines;
    private final FieldTree tree;
    private final boolean only;
    private final OutputStream out;
    private final TextBuffer text = new TextBuffer();
    private final JsonSink json = new JsonWriter(text);

    /**
     * Starts with nothing written.
     *
     * @param names JSON's paths; for JSON they may all begin with {@code !}, which leaves them out
     */
    public Fields(Form form, List<String> names, OutputStream out) {
        this.form = form;
        this.out = out;
        only = names.isEmpty() || !names.get(0).startsWith("!");
        List<String> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(only ? name : name.substring(1));
        }
        if (form == Form.JSON && only && !names.isEmpty()) {
            paths.add(0, "type");
        }
        lines = form == Form.JSON ? null : new CsvLines(paths, form == Form.TSV, out);
        tree = FieldTree.of(paths);
    }

    /** Whether what is no flow or group, a summary, is shown, too. */
    boolean hasSummaries() {
        return form == Form.JSON;
    }

    /** There may be no object: the names of the columns are written all the same. */
    void begin() throws IOException {
        if (lines != null) {
            lines.begin();
        }
    }

    void write(Map<String, Object> object) throws IOException {
        if (lines != null) {
            lines.write(object);
        } else {
            whole(tree.of(object, only));
        }
    }

    /** Writes an object with all its fields, as JSON. */
    void whole(Object object) throws IOException {
        json.tree(object);
        json.endLine();
        text.drainTo(out);
    }

    void flush() throws IOException {
        out.flush();
    }
}
