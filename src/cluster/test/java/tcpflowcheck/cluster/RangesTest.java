package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of a file hold each of its records once, whatever is in them. */
class RangesTest {
    @TempDir
    static Path folder;

    private static JavaSparkContext context;

    @BeforeAll
    static void start() {
        context = CutFile.context();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    private static void holdsEachOnce(Path path, int size, int leastWrong) throws IOException {
        CutFile cut = new CutFile(context, path, size).isCut().holdsEachOnce();
        assertThat(cut.walkedAgain()).isGreaterThanOrEqualTo(leastWrong);
    }

    private static Path traffic() throws IOException {
        Traffic traffic = Traffic.of(folder, "turns", 800);
        return Path.of(traffic.rotated(folder.resolve("one"), 1).get(0));
    }

    @Test
    void usualTraffic() throws IOException {
        holdsEachOnce(traffic(), 100_000, 0);
        holdsEachOnce(traffic(), 7_777, 0);
    }

    @Test
    void aFileThatIsCut() throws IOException {
        byte[] octets = Files.readAllBytes(traffic());
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(octets, octets.length / 2 + 3));
        holdsEachOnce(cut, 50_000, 0);
    }

    /** Each payload is a chain of records, as where captures are copied over the network. */
    @Test
    void capturesInCaptures() throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(24 + 400 * (16 + 6000)).order(ByteOrder.LITTLE_ENDIAN);
        octets.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65535)
                .putInt(1);
        for (int i = 0; i < 400; i++) {
            octets.putInt(1_700_000_000 + i).putInt(i).putInt(6000).putInt(6000);
            for (int inner = 0; inner < 6000 / 60; inner++) {
                octets.putInt(1_600_000_000).putInt(inner).putInt(44).putInt(44).put(new byte[44]);
            }
        }
        Path nested = Files.write(folder.resolve("nested.pcap"), octets.array());
        holdsEachOnce(nested, 100_000, 10);
    }

    @Test
    void aJobOverRanges() throws IOException {
        stop();
        try {
            Spark.local("local[2]");
            List<String> files = List.of(traffic().toString());
            OneMachine one = new OneMachine(files);
            Path out = folder.resolve("out");
            int status = Job.run(
                    "--out", out.toString(), "--format", "ndjson", "--split", "100k", "--buckets", "3", files.get(0));
            assertThat(status).isZero();
            assertThat(one.flows(out)).isEqualTo(one.flows());
            assertThat(one.summary(out)).isEqualTo(one.summary());
            assertThat(one.table(out.resolve("files"))).hasSize(1);
        } finally {
            start();
        }
    }
}
