package tcpflowcheck.golden;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tcpflowcheck.cli.Main;
import tcpflowcheck.cli.Surroundings;

/** Given: what one run of the program left: its exit code and its two outputs. */
public record Run(int exitCode, String out, String err) {

    /** Runs with no terminal, an empty environment and an empty standard input. */
    public static Run of(String... args) {
        return with(Map.of(), false, new byte[0], args);
    }

    public static Run with(Map<String, String> env, boolean terminal, byte[] in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return into(out, env, terminal, in, args);
    }

    /** Runs with a standard output of the test's making; {@link #out} is what its {@code toString} tells. */
    public static Run into(OutputStream out, Map<String, String> env, boolean terminal, byte[] in, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(in),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                env,
                terminal,
                terminal,
                true);
        int exitCode = Main.run(args, surroundings);
        return new Run(
                exitCode,
                out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "",
                err.toString(StandardCharsets.UTF_8));
    }
}
