package tcpflowcheck.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import tcpflowcheck.capture.SafeText;

/**
 * Given: what a run gets from the process it lives in.
 *
 * @param in standard input, unbuffered
 * @param out standard output, unbuffered
 * @param err standard error
 * @param env the environment
 * @param outIsTerminal whether a terminal shows {@code out}
 * @param errIsTerminal whether a terminal shows {@code err}
 * @param utf8 whether the locale's encoding is UTF-8
 */
public record Surroundings(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> env,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean utf8) {

    /** Says something on standard error, in one line: what it quotes of others can neither end that nor steer a terminal. */
    void say(String message) {
        err.println(Main.NAME + ": " + SafeText.of(message));
    }

    /** The process's own; the launcher tells which ends are terminals, for Java can't. */
    static Surroundings ofProcess() {
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                System.err,
                System.getenv(),
                Boolean.getBoolean("tcpflowcheck.stdout.tty"),
                Boolean.getBoolean("tcpflowcheck.stderr.tty"),
                "UTF-8".equals(System.getProperty("native.encoding"))
                        && !"false".equals(System.getProperty("tcpflowcheck.utf8")));
    }
}
