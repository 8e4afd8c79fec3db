package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java that prints its arguments, a line each. */
class LauncherTest {
    private static final String JAR = "home of it/target/tcpflow-check.jar";

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        launcher = folder.resolve("home of it/tcpflow-check");
        Files.createDirectories(folder.resolve(JAR).getParent());
        Files.copy(Path.of("tcpflow-check"), launcher);
        Path making = launcher.resolveSibling("src/main/sh/archive.sh");
        Files.createDirectories(making.getParent());
        Files.copy(Path.of("src/main/sh/archive.sh"), making);
        Files.createFile(folder.resolve(JAR)); // none of the sources is newer, folders too
        java("17", "17.0.1+1-Distribution");
    }

    private void java(String name, String version) throws IOException {
        Path java = folder.resolve(name + "/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                folder.resolve(name + "/release"),
                "JAVA_VERSION=\"17.0.1\"\nIMPLEMENTOR=\"x\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\n");
    }

    private List<String> start(String java, String... command) throws IOException, InterruptedException {
        return start(Map.of("JAVA_HOME", folder.resolve(java).toString()), 0, command);
    }

    private List<String> start(Map<String, String> environment, int exit, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("TCPFLOW_CHECK_JAVA_OPTS");
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exit);
        return said.lines().toList();
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(JAR).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsa") || name.endsWith(".aot"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void argumentsArriveAsTheyAre() throws IOException, InterruptedException {
        List<String> arguments = start("17", launcher.toString(), "-q", "a  b.pcap", "*", "$HOME", "", "--x='y'");

        int main = arguments.indexOf("tcpflowcheck.cli.Main");
        assertThat(arguments.subList(main - 2, main))
                .containsExactly("-cp", folder.resolve(JAR).toString());
        assertThat(arguments.subList(main + 1, arguments.size()))
                .containsExactly("-q", "a  b.pcap", "*", "$HOME", "", "--x='y'");
        assertThat(arguments).contains("-XX:+UseSerialGC").doesNotContain("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void howeverItIsCalledThereIsOneArchive() throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("linked"), launcher);
        Files.createSymbolicLink(folder.resolve("elsewhere"), launcher.getParent());
        List<String> first = start("17", launcher.toString(), "x");
        List<String> spellings = List.of(
                "home of it/tcpflow-check",
                "./home of it/tcpflow-check",
                "home of it/../home of it/tcpflow-check",
                "./linked",
                "elsewhere/tcpflow-check");

        for (String spelling : spellings) {
            assertThat(start("17", spelling, "x")).as(spelling).isEqualTo(first);
        }

        assertThat(archives()).hasSize(1);
    }

    /** What the first start had to ask other programs is not asked again. */
    @Test
    void theNextStartAsksNoOtherProgram() throws IOException, InterruptedException {
        List<String> first = start("17", launcher.toString(), "x");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("find"), Path.of("/usr/bin/find"));
        Map<String, String> poor =
                Map.of("JAVA_HOME", folder.resolve("17").toString(), "PATH", bin.toString(), "LC_ALL", "C.UTF-8");

        assertThat(start(poor, 0, "/bin/sh", launcher.toString(), "x")).isEqualTo(first);
    }

    @Test
    void eachJavaHasItsArchive() throws IOException, InterruptedException {
        java("25", "25.0.3+9-LTS");
        start("17", launcher.toString(), "x");
        List<String> of17 = archives();
        List<String> arguments = start("25", launcher.toString(), "x");
        start("17", launcher.toString(), "x");

        assertThat(arguments).contains("--enable-native-access=ALL-UNNAMED");
        assertThat(archives()).hasSize(2).containsAll(of17).anyMatch(name -> name.endsWith(".aot"));
    }

    @Test
    void aJavaThatIsReplacedGetsAnother() throws IOException, InterruptedException {
        start("17", launcher.toString(), "x");
        java("17", "17.0.2+8-Distribution");
        start("17", launcher.toString(), "x");

        assertThat(archives()).hasSize(2);
    }

    @Test
    void anArchiveOlderThanTheJarIsMadeAgain() throws IOException, InterruptedException {
        start("17", launcher.toString(), "x");
        Path archive = folder.resolve(JAR).resolveSibling(archives().get(0));
        Files.writeString(archive, "old");
        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));

        assertThat(start("17", launcher.toString(), "x")).noneMatch(word -> word.contains("SharedArchiveFile"));
        assertThat(archive).isEmptyFile();
    }

    @Test
    void aFreshArchiveIsUsed() throws IOException, InterruptedException {
        start("17", launcher.toString(), "x");
        Path archive = folder.resolve(JAR).resolveSibling(archives().get(0));
        Files.writeString(archive, "fresh");

        assertThat(start("17", launcher.toString(), "x"))
                .contains("-XX:SharedArchiveFile=" + archive, "-XX:OnError=rm -f \"$TCPFLOW_CHECK_ARCHIVE\"")
                .noneMatch(word -> word.contains("Diagnostic"));
    }

    /** The crash takes the archive with it, and the next start makes it again. */
    @Test
    void aDamagedArchiveEndsOneStart() throws IOException, InterruptedException {
        start("17", launcher.toString(), "x");
        Path archive = folder.resolve(JAR).resolveSibling(archives().get(0));
        Files.writeString(archive, "damaged");
        Path java = folder.resolve("17/bin/java");
        String works = Files.readString(java);
        Files.writeString(
                java, "#!/bin/sh\nfor word; do case $word in -XX:OnError=*) eval \"${word#*=}\";; esac; done\n");
        start("17", launcher.toString(), "x");
        assertThat(archives()).isEmpty();
        Files.writeString(java, works);
        start("17", launcher.toString(), "x");
        assertThat(archives()).hasSize(1);
    }

    /** Java says so with 1, as a failed check is said. */
    @Test
    void aJavaThatCanNotStartIsNoFailedCheck() throws IOException, InterruptedException {
        Path java = folder.resolve("17/bin/java");
        Files.writeString(java, "#!/bin/sh\necho Invalid maximum heap size >&2\nexit 1\n");
        Map<String, String> own =
                Map.of("JAVA_HOME", folder.resolve("17").toString(), "TCPFLOW_CHECK_JAVA_OPTS", "-Xmx1x");
        assertThat(start(own, 70, launcher.toString(), "x"))
                .containsExactly("Invalid maximum heap size", "tcpflow-check: Java can't start with -Xmx1x");
    }

    @Test
    void ownOptionsComeLast() throws IOException, InterruptedException {
        Map<String, String> own = Map.of(
                "JAVA_HOME", folder.resolve("17").toString(), "TCPFLOW_CHECK_JAVA_OPTS", "-XX:+UseParallelGC -Xmx1g");
        List<String> arguments = new ArrayList<>(start(own, 0, launcher.toString(), "x"));

        assertThat(arguments).contains("-XX:+UseParallelGC", "-Xmx1g").doesNotContain("-XX:+UseSerialGC", "-Xms64m");
    }

    /** The user's language, though what Java itself says must be English. */
    @Test
    void theLanguageIsHandedOn() throws IOException, InterruptedException {
        start("17", launcher.toString(), "x");
        Path java = folder.resolve("17/bin/java");
        Files.writeString(java, "#!/bin/sh\necho $TCPFLOW_CHECK_LOCALE $LC_MESSAGES $LC_CTYPE\n");
        Map<String, String> chinese = Map.of(
                "JAVA_HOME", folder.resolve("17").toString(), "LC_ALL", "", "LC_MESSAGES", "", "LANG", "zh_CN.UTF-8");
        assertThat(start(chinese, 0, launcher.toString(), "x")).containsExactly("zh_CN.UTF-8 C C.UTF-8");
        Map<String, String> english = new HashMap<>(chinese);
        english.put("LC_MESSAGES", "C");
        assertThat(start(english, 0, launcher.toString(), "x")).containsExactly("C C C.UTF-8");
        english.put("LC_ALL", "zh_TW.UTF-8");
        assertThat(start(english, 0, launcher.toString(), "x")).containsExactly("zh_TW.UTF-8 C C.UTF-8");
    }

    @Test
    void anOldJavaIsRefused() throws IOException, InterruptedException {
        java("11", "11.0.20+8");
        Map<String, String> old = Map.of("JAVA_HOME", folder.resolve("11").toString());

        assertThat(start(old, 70, launcher.toString(), "x"))
                .hasSize(1)
                .allMatch(said -> said.contains("Java 17 or later is needed"));
    }

    @Test
    void whatItQuotesStaysOnItsLine() throws IOException, InterruptedException {
        Map<String, String> hostile = Map.of("JAVA_HOME", "/x\ny\u001b[2J");

        assertThat(start(hostile, 70, launcher.toString(), "x"))
                .containsExactly("tcpflow-check: JAVA_HOME is /x?y?[2J, and there is no bin/java in it");
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** As a package lays it out: no sources, and nothing is built. */
    @Test
    void anInstalledOneHasItsJarBesideBin() throws IOException, InterruptedException {
        Path share = folder.resolve("usr/share/tcpflow-check");
        Files.createDirectories(share.resolve("cache"));
        Path jar = Files.createFile(share.resolve("tcpflow-check.jar"));
        Files.copy(Path.of("src/main/sh/archive.sh"), share.resolve("archive.sh"));
        Path installed = Files.createDirectories(folder.resolve("usr/bin")).resolve("tcpflow-check");
        Files.copy(launcher, installed);
        Files.createSymbolicLink(folder.resolve("linked"), installed);

        assertThat(start("17", installed.toString(), "x")).containsSubsequence("-cp", jar.toString(), "x");
        try (Stream<Path> made = Files.list(share.resolve("cache"))) {
            assertThat(made.map(file -> file.getFileName().toString())).anyMatch(name -> name.endsWith(".jsa"));
        }
        assertThat(start("17", folder.resolve("linked").toString(), "x")).contains(jar.toString());
    }

    /** With a clock that runs a hundred times as fast, and by which the build goes. */
    @Test
    void aBuildSaysWhatItIsAt() throws IOException, InterruptedException {
        Files.delete(folder.resolve(JAR));
        program("sleep", "echo >>ticks; exec /bin/sleep 0.01");
        program("mvn", """
                for word; do case $word in -DbuildDirectory=*) target=${word#*=};; esac; done
                until_tick() { until [ "$(wc -l <ticks)" -gt $1 ]; do /bin/sleep 0.01; done; }
                : >>ticks
                echo '[INFO] Downloading from central: https://example.org/a/jna-5.jar'
                until_tick 6
                echo '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ x ---'
                until_tick 41
                mkdir -p "$target" && : >"$target/tcpflow-check.jar"
                """);
        Map<String, String> building =
                Map.of("JAVA_HOME", folder.resolve("17").toString(), "PATH", folder.resolve("bin") + ":/usr/bin:/bin");

        assertThat(start(building, 0, launcher.toString(), "x"))
                .anyMatch(line -> line.startsWith("tcpflow-check: building, at first use"))
                .contains(
                        "tcpflow-check: building, 5 s so far: fetching jna-5.jar ...",
                        folder.resolve(JAR).toString())
                .anyMatch(line -> line.matches("tcpflow-check: building, \\d+ s so far: compile \\.\\.\\."));
    }

    @Test
    void aBuildThatFailsSaysHowToDoWithoutANetwork() throws IOException, InterruptedException {
        Files.delete(folder.resolve(JAR));
        program("sleep", "exec /bin/sleep 0.01");
        program("mvn", "echo '[INFO] Scanning'; echo '[ERROR] Could not transfer artifact x'; exit 1\n");
        Map<String, String> building =
                Map.of("JAVA_HOME", folder.resolve("17").toString(), "PATH", folder.resolve("bin") + ":/usr/bin:/bin");

        assertThat(start(building, 70, launcher.toString(), "x"))
                .contains("[ERROR] Could not transfer artifact x")
                .doesNotContain("[INFO] Scanning")
                .anyMatch(line -> line.contains("'mvn -DskipTests package'"));
    }
}
