package tcpflowcheck.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.capture.Libpcap;
import tcpflowcheck.report.Catalogue;
import tcpflowcheck.report.EditDistance;
import tcpflowcheck.report.NearestSlugs;

/** The program: streams in, exit code out. */
public final class Main {
    /** Words that are near follow on a line of their own. */
    static final String HINT = "\nperhaps: ";

    static final String NAME = "tcpflow-check";

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, Surroundings.ofProcess()));
    }

    /**
     * Runs the program once.
     *
     * @return an {@link ExitCode}; whatever happens nothing is thrown, for an exit code of 1 is a failed check
     */
    public static int run(String[] args, Surroundings surroundings) {
        StandardOutput out = new StandardOutput(surroundings.out());
        try {
            int exitCode = answer(args, surroundings, out);
            out.flush();
            return exitCode;
        } catch (IOException | RuntimeException | Error thrown) {
            return failed(thrown, surroundings, out);
        } finally {
            Interruption.saidAll();
        }
    }

    private static int answer(String[] args, Surroundings surroundings, StandardOutput out) throws IOException {
        Options options;
        try {
            options = Options.parse(FileName.arguments(args));
        } catch (ParameterException wrong) {
            return usageError(wrong, surroundings);
        }
        AboutOptions about = options.about();
        if (about.help()) {
            boolean colors = options.view().color().colors(surroundings.env(), surroundings.outIsTerminal());
            out.write(Options.help(colors).getBytes(StandardCharsets.UTF_8));
            return ExitCode.OK;
        }
        if (about.version()) {
            out.write(version().getBytes(StandardCharsets.UTF_8));
            return ExitCode.OK;
        }
        Manual.Shell shell = about.completion();
        if (about.man() || shell != null) {
            String text = about.man() || shell == null ? Manual.man() : Manual.completion(shell);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return ExitCode.OK;
        }
        if (about.asked()) {
            Catalogue words = Catalogue.of(options.view().language(surroundings.env()));
            return Reference.run(about, words, surroundings, out);
        }
        if (options.capture().list()) {
            return InterfaceList.print(surroundings, out);
        }
        return Analysis.run(options, surroundings, out);
    }

    private static String version() {
        return NAME + " " + implementationVersion() + "\nJava " + Runtime.version() + " ("
                + System.getProperty("java.vm.name") + ")\n" + libpcap() + "\n";
    }

    private static String libpcap() {
        try {
            return Libpcap.version();
        } catch (CaptureException missing) {
            return "no libpcap: files can be read, but no interface be watched and no filter compiled";
        }
    }

    static String implementationVersion() {
        String ours = Main.class.getPackage().getImplementationVersion();
        return ours == null ? "(built without a jar)" : ours;
    }

    private static int usageError(ParameterException wrong, Surroundings surroundings) {
        PrintStream err = surroundings.err();
        String message = String.valueOf(wrong.getMessage());
        int hint = message.lastIndexOf(HINT);
        boolean hinted = hint >= 0 && message.substring(hint + HINT.length()).matches("[a-z0-9, =-]+");
        String said = hinted ? message.substring(0, hint) : message;
        String instead = wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
                ? ForeignOption.hint(unmatched.getUnmatched().get(0))
                : "";
        surroundings.say(said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1) + instead);
        if (hinted) {
            err.println(message.substring(hint + 1));
        }
        if (wrong instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().get(0).startsWith("--")) {
            List<String> alike = near(unmatched);
            if (!alike.isEmpty()) {
                err.println("perhaps: " + String.join(", ", alike));
            }
        }
        err.println("usage: " + NAME + " [OPTION]... FILE...   (" + NAME + " --help shows the options)");
        return ExitCode.USAGE;
    }

    /** Options that may have been meant: where one letter is wrong, none that is further off. */
    private static List<String> near(UnmatchedArgumentException unmatched) {
        String written = unmatched.getUnmatched().get(0).substring(2);
        int value = written.indexOf('=');
        List<String> words = new ArrayList<>();
        for (OptionSpec option : unmatched.getCommandLine().getCommandSpec().options()) {
            for (String name : option.names()) {
                if (name.startsWith("--")) {
                    words.add(name.substring(2));
                }
            }
        }
        String meant = value < 0 ? written : written.substring(0, value);
        List<String> nearest = NearestSlugs.among(words, meant);
        boolean slip = !nearest.isEmpty() && EditDistance.of(meant, nearest.get(0)) == 1;
        List<String> near = new ArrayList<>();
        for (String word : nearest) {
            if (!slip || EditDistance.of(meant, word) == 1) {
                near.add("--" + word);
            }
        }
        return near.isEmpty() ? unmatched.getSuggestions() : near;
    }

    private static int failed(Throwable thrown, Surroundings surroundings, StandardOutput out) {
        PrintStream err = surroundings.err();
        if (out.readerWentAway()) {
            return ExitCode.BROKEN_PIPE;
        }
        if (out.failure() != null) {
            surroundings.say("standard output: " + out.failure().getMessage());
            return ExitCode.INPUT_OUTPUT;
        }
        try {
            out.flush();
        } catch (IOException lost) {
            thrown.addSuppressed(lost);
        }
        if (thrown instanceof InvalidPathException name) {
            err.println(NAME + ": " + name.getInput().replaceAll("[^ -~]", "?")
                    + ": its name can't be written in the locale's encoding, " + System.getProperty("sun.jnu.encoding")
                    + ": is the locale installed (locale -a)?");
            return ExitCode.INPUT_OUTPUT;
        }
        if (thrown instanceof OutOfMemoryError) {
            surroundings.say(
                    "out of memory, and the report is not whole: lower --max-memory, leave out --sort and --html,"
                            + " or give Java more: TCPFLOW_CHECK_JAVA_OPTS=-Xmx4g");
            return ExitCode.INPUT_OUTPUT;
        }
        surroundings.say("this is a bug: " + thrown.toString().replaceAll("\\R", " "));

        if (surroundings.env().containsKey("TCPFLOW_CHECK_DEBUG")) {
            thrown.printStackTrace(err);
        }
        return ExitCode.BUG;
    }
}
