package tcpflowcheck.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Given: a capture and the kernel's record beside it; two taps of one run have one record. */
public record Sample(Path capture, Path truth) {
    public static List<Sample> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
                    .sorted()
                    .map(Sample::of)
                    .filter(sample -> Files.exists(sample.truth()))
                    .toList();
        }
    }

    private static Sample of(Path capture) {
        String name = capture.getFileName().toString().replaceFirst("(\\.(client|mid|server))?\\.pcap(ng)?$", "");
        return new Sample(capture, capture.resolveSibling(name + ".truth.json"));
    }

    @Override
    public String toString() {
        return capture.getFileName().toString();
    }
}
