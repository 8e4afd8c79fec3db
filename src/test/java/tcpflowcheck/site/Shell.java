package tcpflowcheck.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tcpflowcheck.golden.Run;

/**
 * Runs the commands of a page in a folder, as a shell would. What is nothing but the tool, or a pipe with it, runs in this
 * process, with the names of files in that folder; all else is left to bash, in which {@code ./tcpflow-check} is these
 * classes.
 */
final class Shell {
    private static final Pattern TOOL = Pattern.compile("(\\./)?tcpflow-check");
    private static final Pattern FILE = Pattern.compile(
            "(--[a-z-]+=)?([\\w./-]+\\.(?:pcap|pcapng|ya?ml|json|xml|sarif|html|svg|csv)(?:\\.(?:gz|zst|xz|bz2|lz4))?)");

    private final Path folder;
    private final int width;
    private int exitCode;

    /** What a command printed, and its exit code. */
    record Ran(int exitCode, List<String> lines) {}

    /** @param width what {@code --width} the page leaves out of its commands; 0 for none */
    Shell(Path folder, int width) throws IOException {
        this.folder = folder;
        this.width = width;
        Path launcher = folder.resolve("tcpflow-check");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' tcpflowcheck.cli.Main \"$@\"\n");
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException(launcher + " can't be made executable");
        }
    }

    Ran run(String command) throws IOException {
        if (command.equals("echo $?")) {
            return new Ran(0, List.of("" + exitCode));
        }
        List<List<String>> pipe = ShellWords.pipe(command);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        byte[] out = pipe == null ? bash(command, err) : run(pipe, err);
        String printed = out == null ? "" : new String(out, StandardCharsets.UTF_8);
        String said = err.toString(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        (printed + said)
                .replace(folder + "/", "")
                .lines()
                .map(String::stripTrailing)
                .forEach(lines::add);
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return new Ran(exitCode, lines);
    }

    private byte[] run(List<List<String>> pipe, ByteArrayOutputStream err) throws IOException {
        byte[] octets = {};
        for (int i = 0; i < pipe.size(); i++) {
            List<String> words = pipe.get(i);
            if (TOOL.matcher(words.get(0)).matches()) {
                octets = tool(words.subList(1, words.size()), octets, err);
            } else {
                octets = other(new ProcessBuilder(words), octets, err);
            }
        }
        return octets;
    }

    private byte[] tool(List<String> words, byte[] in, ByteArrayOutputStream err) throws IOException {
        List<String> args = new ArrayList<>();
        if (width > 0) {
            args.add("--width=" + width);
        }
        for (String word : words) {
            addFiles(args, word);
        }
        Run run = Run.with(Map.of(), false, in, args.toArray(String[]::new));
        exitCode = run.exitCode();
        err.writeBytes(run.err().getBytes(StandardCharsets.UTF_8));
        return run.out().getBytes(StandardCharsets.UTF_8);
    }

    private void addFiles(List<String> args, String word) throws IOException {
        if (word.indexOf('*') >= 0 && FILE.matcher(word.replace("*", "x")).matches()) {
            List<String> found = new ArrayList<>();
            Path pattern = folder.resolve(word);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    pattern.getParent(), pattern.getFileName().toString())) {
                files.forEach(file -> found.add(file.toString()));
            }
            if (found.isEmpty()) {
                throw new IOException("no file is like " + word);
            }
            Collections.sort(found);
            args.addAll(found);
        } else if (FILE.matcher(word).matches()) {
            int value = word.startsWith("--") ? word.indexOf('=') + 1 : 0;
            args.add(word.substring(0, value) + folder.resolve(word.substring(value)));
        } else if (!word.startsWith("-") && Files.exists(folder.resolve(word))) {
            args.add(folder.resolve(word).toString());
        } else {
            args.add(word);
        }
    }

    private byte[] bash(String command, ByteArrayOutputStream err) throws IOException {
        return other(new ProcessBuilder("bash", "-c", command), new byte[0], err);
    }

    /** Another program; what it is given and what it says is small. */
    private byte[] other(ProcessBuilder program, byte[] in, ByteArrayOutputStream err) throws IOException {
        Path given = Files.write(Files.createTempFile("given", ""), in);
        Path said = Files.createTempFile("said", "");
        program.directory(folder.toFile()).redirectInput(given.toFile()).redirectError(said.toFile());
        program.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        program.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process process = program.start();
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("still runs after a minute: " + program.command());
            }
            exitCode = process.exitValue();
            err.write(Files.readAllBytes(said));
            return out;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(given);
            Files.delete(said);
        }
    }
}
