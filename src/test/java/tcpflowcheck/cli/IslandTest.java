package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** A capture is an island: what is told of it is the same whatever was read before it. */
class IslandTest {
    private static final long START = 1_700_000_000_000_000_000L;

    @TempDir
    Path folder;

    /** The first fragment of a segment in one capture, and the last in another. */
    private List<Path> halves() throws IOException {
        SegmentBuilder text = new SegmentBuilder()
                .ipv4("10.0.0.1", "10.0.0.2")
                .ports(1000, 80)
                .seq(1)
                .ack(1)
                .flags("PA")
                .id(77);
        byte[] first = text.copy().payload(44).fragment(0, true).build();
        byte[] last = text.copy().payload(28).fragment(8, false).build();
        List<Path> files = new ArrayList<>();
        for (byte[] half : List.of(first, last)) {
            Path file = folder.resolve("half" + files.size() + ".pcap");
            Files.write(file, new PcapWriter().write(List.of(new CapturedPacket(START + files.size(), 1, half))));
            files.add(file);
        }
        return files;
    }

    private List<Path> captures() throws IOException {
        List<Path> files = halves();
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap*")) {
            samples.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    private static List<String> told(Path... files) {
        String[] args = new String[files.length + 1];
        args[0] = "--json";
        for (int i = 0; i < files.length; i++) {
            args[i + 1] = files[i].toString();
        }
        return Run.of(args).out().lines().toList();
    }

    @Test
    void eachPairInBothOrdersIsToldAsEachAlone() throws Exception {
        List<Path> captures = captures();
        Map<Path, List<String>> alone = new HashMap<>();
        for (Path each : captures) {
            alone.put(each, told(each));
        }
        for (Path first : captures) {
            for (Path second : captures) {
                List<String> both = new ArrayList<>(alone.get(first));
                both.addAll(alone.get(second));
                assertThat(told(first, second)).as(first + " " + second).isEqualTo(both);
            }
        }
    }

    /** The halves are fragments that belong together, were they in one capture. */
    @Test
    void theHalvesFitEachOther() throws Exception {
        List<Path> halves = halves();
        Run merged = Run.of(
                "--json", "--merge", halves.get(0).toString(), halves.get(1).toString());
        assertThat(merged.out()).contains("\"flows\":1");
        assertThat(String.join("\n", told(halves.get(0), halves.get(1)))).doesNotContain("\"flows\":1");
    }
}
