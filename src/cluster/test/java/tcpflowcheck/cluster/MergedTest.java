package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job says of captures what one machine says of them merged, octet by octet but for the names of frames. */
class MergedTest {
    @TempDir
    static Path folder;

    private static Traffic traffic;

    @BeforeAll
    static void make() throws IOException {
        Spark.local("local[2]");
        traffic = Traffic.of(folder, "turns", 3000);
    }

    private static Path run(String name, List<String> files, String... options) throws IOException {
        Path out = folder.resolve("out-" + name);
        List<String> words = new ArrayList<>(List.of("--buckets", "3", "--out", out.toString()));
        words.addAll(Arrays.asList(options));
        words.addAll(files);
        assertThat(Job.run(words.toArray(String[]::new))).isZero();
        return out;
    }

    private static void isTheSame(String name, List<String> files, String... options) throws IOException {
        OneMachine one = new OneMachine(files, options);
        List<String> words = new ArrayList<>(List.of("--format", "ndjson"));
        words.addAll(Arrays.asList(options));
        Path out = run(name, files, words.toArray(String[]::new));
        assertThat(one.flows()).isNotEmpty();
        assertThat(one.flows(out)).isEqualTo(one.flows());
        assertThat(one.summary(out)).isEqualTo(one.summary());
    }

    private static List<String> samples() throws IOException {
        List<String> files = new ArrayList<>();
        for (String each : List.of("samples", "samples/rfc9293")) {
            try (Stream<Path> found = Files.list(Path.of(each))) {
                found.map(Path::toString)
                        .filter(file -> file.matches(".*\\.pcap(ng)?"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void theSamples() throws IOException {
        isTheSame("samples", samples());
    }

    @Test
    void rotatedFiles() throws IOException {
        isTheSame("rotated", traffic.rotated(folder.resolve("rotated"), 7));
    }

    @Test
    void aFileForEachDirection() throws IOException {
        isTheSame("directions", traffic.byDirection(folder.resolve("directions")), "--msl", "1");
    }

    @Test
    void fragmentsFindTheirFlowsOverFiles() throws IOException {
        Traffic fragments = Traffic.of(folder, "turns", 400).inFragments();
        assertThat(fragments.frames()).isGreaterThan(4000);
        isTheSame("fragments", fragments.files(folder.resolve("fragments"), 3, i -> i % 3));
    }

    @Test
    void floodsAndScansAreThoseOfAllBuckets() throws IOException {
        Traffic flood = Traffic.of(folder, "half-open", 3000);
        isTheSame("flood", flood.rotated(folder.resolve("flood"), 4), "--syn-flood-rate", "20", "--scan-size", "10");
    }

    @Test
    void chosenFlowsAndFilteredFrames() throws IOException {
        List<String> files = traffic.rotated(folder.resolve("chosen"), 3);
        isTheSame("only", files, "--only", "retransmissions>0", "--utc");
        isTheSame("filter", files, "-f", "tcp[13] & 4 == 0");
    }

    @Test
    void groups() throws IOException {
        List<String> files = traffic.rotated(folder.resolve("groups"), 3);
        OneMachine one = new OneMachine(files, "--by", "client,close");
        Path out = run("groups", files, "--by", "client,close", "--format", "ndjson");
        assertThat(one.groups()).isNotEmpty();
        assertThat(one.table(out.resolve("groups"))).isEqualTo(one.groups());
        assertThat(one.summary(out)).isEqualTo(one.summary());
    }

    @Test
    void tablesHaveWhatLinesHave() throws IOException {
        List<String> files = samples();
        Path lines = run("lines", files, "--format", "ndjson");
        Path tables = run("tables", files);
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            Dataset<Row> flows = spark.read().parquet(tables.resolve("flows").toString());
            Dataset<Row> read = spark.read()
                    .schema(RowSchema.of("flow"))
                    .json(lines.resolve("flows").toString());
            List<String> columns = new ArrayList<>(Arrays.asList(read.columns()));
            columns.remove(RowSchema.DAY);
            String[] all = columns.stream().map(each -> "`" + each + "`").toArray(String[]::new);
            assertThat(flows.selectExpr(all).toJSON().collectAsList())
                    .containsExactlyInAnyOrderElementsOf(
                            read.selectExpr(all).toJSON().collectAsList());
            assertThat(flows.select("day").distinct().count()).isGreaterThan(1);
            Dataset<Row> table = spark.read().parquet(tables.resolve("files").toString());
            assertThat(table.count()).isEqualTo(files.size());
            assertThat(table.filter("complete").count()).isEqualTo(files.size());
        }
    }

    @Test
    void whatIsWrongWithFilesIsToldAndFailsNothing() throws IOException {
        List<String> files = traffic.rotated(folder.resolve("faults"), 3);
        byte[] whole = Files.readAllBytes(Path.of(files.get(1)));
        Files.write(Path.of(files.get(1)), Arrays.copyOf(whole, whole.length - 7));
        Path nothing = Files.writeString(folder.resolve("nothing.pcap"), "no capture at all");
        Path empty = Files.createFile(folder.resolve("empty.pcap"));
        files.add(nothing.toString());
        files.add(empty.toString());
        isTheSame("faults", files);
        List<String> table = new OneMachine(files).table(folder.resolve("out-faults/files"));
        assertThat(table).hasSize(5);
        assertThat(table.get(0)).contains("\"complete\":true").contains("\"failure\":null");
        assertThat(table.get(1))
                .contains("\"failure\":\"" + files.get(1) + ": octet ")
                .contains(": cut inside the record");
        assertThat(table.get(3)).contains("\"frames\":0").contains("found 6e6f2063: it is text");
        assertThat(table.get(4)).contains("found an empty one");
    }
}
