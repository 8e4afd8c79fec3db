package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page asks in SQL is answered, of samples of which the answers are known. */
class AskingTest {
    private static final Path PAGE = Path.of("src/site/markdown/cluster.md");
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final String ZONE = "spark.sql.session.timeZone";
    /** Times are instants, not those of this machine's zone. */
    private static final String INSTANTS = "spark.sql.datetime.java8API.enabled";

    @TempDir
    static Path folder;

    /** A connection over two files, and one each that its client and that its server resets, and one of another day. */
    private static List<String> files;

    @BeforeAll
    static void ask() throws IOException {
        files = new ArrayList<>(Traffic.read(sample("close-by-server")).rotated(folder.resolve("files"), 2));
        for (String name : List.of("half-close", "abort", "refused", "unreachable")) {
            files.add(sample(name).toString());
        }
        Spark.local("local[2]");
        List<String> words = new ArrayList<>(List.of("--buckets", "2", "--out", told()));
        words.addAll(files);
        assertThat(Job.run(words.toArray(String[]::new))).isZero();
    }

    private static Path sample(String name) {
        return Path.of("samples", name + ".pcap");
    }

    private static String told() {
        return folder.resolve("told").toString();
    }

    /** The page's blocks of SQL, asked where these captures are told, of a day and a connection that are there. */
    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1)
                        .replace("/data/told/", told() + "/")
                        .replace("'2026-11-27'", "'2026-11-21'")
                        .replace("stream = 4711", "stream = 0"))
                .toList();
    }

    /** What the last statement of a block answers. */
    private static List<String> answer(SparkSession spark, String block) {
        List<Row> rows = List.of();
        for (String statement : block.split(";")) {
            if (!statement.isBlank()) {
                rows = spark.sql(statement).collectAsList();
            }
        }
        return rows.stream().map(Row::toString).toList();
    }

    @Test
    void eachBlockIsAnswered() throws IOException {
        System.setProperty(ZONE, "UTC");
        System.setProperty(INSTANTS, "true");
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            List<String> blocks = blocks();
            assertThat(blocks).as("blocks, of which each is asked below").hasSize(2);
            assertThat(blocks.get(0)).contains("day = '2026-11-21'");
            assertThat(answer(spark, blocks.get(0)))
                    .as("servers that reset")
                    .containsExactly("[10.9.0.2,80,2026-11-21T01:00:00Z,4,1,25.0]");
            assertThat(blocks.get(1)).contains("stream = 0");
            assertThat(answer(spark, blocks.get(1)))
                    .as("files of the first connection, and its first and last frame there that moved an end")
                    .containsExactlyInAnyOrder("[" + files.get(0) + ",1,3]", "[" + files.get(1) + ",2,5]");
        } finally {
            System.clearProperty(ZONE);
            System.clearProperty(INSTANTS);
        }
    }
}
