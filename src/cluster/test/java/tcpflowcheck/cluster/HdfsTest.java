package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures in HDFS, and what is told of them there, too. */
class HdfsTest {
    @TempDir
    private java.nio.file.Path folder;

    @Test
    void readsAndWrites() throws IOException {
        List<String> files = Traffic.of(folder, "turns", 300).rotated(folder.resolve("files"), 3);
        OneMachine one = new OneMachine(files);
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        try (MiniDFSCluster hdfs =
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
            FileSystem system = hdfs.getFileSystem();
            for (String file : files) {
                system.copyFromLocalFile(new Path(file), new Path("/taps/", new Path(file).getName()));
            }
            Spark.local("local[2]");
            String out = system.getUri() + "/told";
            int status = Job.run(
                    "--format", "ndjson", "--buckets", "3", "--out", out, system.getUri() + "/taps/part[0-9].pcap");
            assertThat(status).isZero();
            java.nio.file.Path local = folder.resolve("told");
            system.copyToLocalFile(new Path(out), new Path(local.toString()));
            assertThat(one.flows(local)).isEqualTo(named(one.flows(), files, system));
            assertThat(one.table(local.resolve("files")))
                    .hasSize(3)
                    .element(1)
                    .asString()
                    .contains(system.getUri() + "/taps/part1.pcap");
        }
    }

    /** The captures have the names of HDFS. */
    private static List<String> named(List<String> flows, List<String> files, FileSystem system) throws IOException {
        String here = String.join(",", files);
        String there = "";
        for (FileStatus each : system.listStatus(new Path("/taps"))) {
            there += (there.isEmpty() ? "" : ",") + each.getPath();
        }
        String names = there;
        return flows.stream().map(flow -> flow.replace(here, names)).toList();
    }
}
