package tcpflowcheck.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The runnable jar by itself: {@code java -jar}, no launcher, and in it what is needed and no more. */
@Tag("jar")
class JarTest {
    private static final Path JAR = Path.of("target/tcpflow-check.jar");

    private static final String SAMPLE = "samples/half-close.pcap";

    /** Where each folder of classes and files comes from. */
    private static final List<String> KNOWN = List.of(
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/NOTICE",
            "META-INF/licenses/",
            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
            "com/sun/jna/",
            "io/airlift/compress/",
            "org/apache/commons/codec/",
            "org/apache/commons/compress/",
            "org/apache/commons/io/",
            "org/apache/commons/lang3/",
            "org/fusesource/jansi/",
            "org/pcap4j/",
            "org/slf4j/",
            "org/snakeyaml/engine/",
            "org/tukaani/xz/",
            "picocli/",
            "tcpflowcheck/");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsTheJar() {
        assumeTrue(Files.exists(JAR), "NOT RUN: " + JAR + " is not built (mvn package)");
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();
        }
    }

    private record Said(int exit, String out, String err) {}

    private Said run(List<String> javaOptions, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process java = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exit = java.waitFor();
        return new Said(exit, Files.readString(out), Files.readString(err));
    }

    private Said run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(), arguments);
    }

    private OutputStream packing(String format, Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return switch (format) {
            case "gz" -> new GZIPOutputStream(out);
            case "zst" -> new ZstdOutputStream(out);
            case "lz4" -> new FramedLZ4CompressorOutputStream(out);
            case "xz" -> new XZOutputStream(out, new LZMA2Options(1));
            default -> new BZip2CompressorOutputStream(out);
        };
    }

    @Test
    void holdsWhatIsNamedAndNoMore() throws IOException {
        assertThat(entries()).allSatisfy(name -> assertThat(KNOWN).anyMatch(name::startsWith));
        assertThat(Files.size(JAR)).isLessThan(4_500_000);
    }

    @Test
    void nativeCodeIsForSystemsInUse() throws IOException {
        assertThat(entries().stream().filter(name -> name.matches(".*\\.(so|dll|jnilib|dylib|a)")))
                .containsExactlyInAnyOrder(
                        "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
                        "com/sun/jna/darwin-x86-64/libjnidispatch.jnilib",
                        "com/sun/jna/freebsd-x86-64/libjnidispatch.so",
                        "com/sun/jna/linux-aarch64/libjnidispatch.so",
                        "com/sun/jna/linux-arm/libjnidispatch.so",
                        "com/sun/jna/linux-loongarch64/libjnidispatch.so",
                        "com/sun/jna/linux-ppc64le/libjnidispatch.so",
                        "com/sun/jna/linux-riscv64/libjnidispatch.so",
                        "com/sun/jna/linux-s390x/libjnidispatch.so",
                        "com/sun/jna/linux-x86-64/libjnidispatch.so",
                        "com/sun/jna/win32-aarch64/jnidispatch.dll",
                        "com/sun/jna/win32-x86-64/jnidispatch.dll");
    }

    /** A class that is missing would be found by whoever needs it first. Annotations that are not there Java passes over. */
    @Test
    void noClassInItAsksForOneThatIsNot() {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);

        ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, "--missing-deps", JAR.toString());

        assertThat(said.toString().lines().filter(line -> line.contains(" -> ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .containsPattern("tcpflow-check.jar|-> org\\.junit\\.|-> org\\.jspecify\\.annotations\\."));
    }

    @Test
    void itsManifestSaysHowToRunIt() throws IOException {
        Map<String, String> main = new TreeMap<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            attributes.forEach((name, value) -> main.put(name.toString(), value.toString()));
        }
        assertThat(main)
                .containsEntry("Main-Class", "tcpflowcheck.cli.Main")
                .containsEntry("Enable-Native-Access", "ALL-UNNAMED")
                .containsKey("Implementation-Version");
    }

    @Test
    void saysItsVersion() throws IOException, InterruptedException {
        Said said = run("--version");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).matches("(?s)tcpflow-check \\d+\\.\\d+\\.\\d+\\nJava .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "lz4", "xz", "bz2"})
    void unpacksEachFormat(String format) throws IOException, InterruptedException {
        Path packed = folder.resolve("capture." + format);
        try (OutputStream out = packing(format, packed)) {
            Files.copy(Path.of(SAMPLE), out);
        }
        Said plain = run("--utc", SAMPLE);

        assertThat(plain.out()).contains("four-segment by client");
        assertThat(run("--utc", packed.toString())).isEqualTo(plain);
    }

    @Test
    void readsAnExpectation() throws IOException, InterruptedException {
        Path expectation = folder.resolve("x.yaml");
        Files.writeString(expectation, "stream 0:\n  close: {kind: reset}\n", UTF_8);

        Said said = run("-q", "--expect", expectation.toString(), SAMPLE);

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("x.yaml:2").contains("+ four-segment");
    }

    @Test
    void colours() throws IOException, InterruptedException {
        assertThat(run("--color=always", SAMPLE).out()).contains("\033[");
    }

    /** The filter is libpcap's, behind pcap4j and JNA. */
    @Test
    void compilesAFilter() throws IOException, InterruptedException {
        assumeTrue(run("--version").out().contains("libpcap version"), "NOT RUN: libpcap is not installed");

        Said said = run("-q", "-f", "tcp[tcpflags] & tcp-fin != 0", SAMPLE);

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("1 capture, 2 packets");
    }

    @Test
    void withoutLibpcapItSaysWhatIsMissing() throws IOException, InterruptedException {
        List<String> without = List.of("-Dorg.pcap4j.core.pcapLibName=libpcap-that-is-not-there");

        Said said = run(without, "-i", "lo");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err())
                .isEqualTo("tcpflow-check: lo: libpcap is needed for this and can't be loaded"
                        + " (Debian: apt-get install libpcap0.8)\n");
        assertThat(run(without, "-q", SAMPLE).exit()).isZero();
    }
}
