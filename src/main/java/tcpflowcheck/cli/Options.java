package tcpflowcheck.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command line, as its user means it. */
@Command(
        name = Main.NAME,
        header = "What happened to every TCP connection in a capture.%n",
        customSynopsis = "tcpflow-check [OPTION]... FILE...",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:read to the end",
            "  1:a check failed",
            "  2:the command line is wrong",
            "  3:an input can't be read to its end, a signal ended a pipe, or no report can be written",
            " 70:a bug of this program",
            "130:interrupted while capturing (143: terminated); the summary is printed",
            "141:the reader of the report went away"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tcpflow-check capture.pcap",
            "  zcat big.pcap.gz | tcpflow-check --json - | jq .handshake.kind",
            "  tcpflow-check --fail-on error,reset -q *.pcap",
            "  tcpflow-check -i eth0 -f 'tcp port 443' --view events"
        })
final class Options {
    @ArgGroup(validate = false, order = 1, heading = "%nInput:%n")
    private InputOptions input = new InputOptions();

    @ArgGroup(validate = false, order = 1, heading = "%nLive:%n")
    private CaptureOptions capture = new CaptureOptions();

    @ArgGroup(validate = false, order = 1, heading = "%nSavefiles:%n")
    private SaveOptions save = new SaveOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nSelection:%n")
    private SelectionOptions selection = new SelectionOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nView:%n")
    private ViewOptions view = new ViewOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nOutput:%n")
    private OutputOptions output = new OutputOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nChecks:%n")
    private CheckOptions checks = new CheckOptions();

    @ArgGroup(validate = false, order = 5, heading = "%nExpectations and reports for CI:%n")
    private ExpectOptions expect = new ExpectOptions();

    @ArgGroup(validate = false, order = 6, heading = "%nLimits:%n")
    private LimitOptions limits = new LimitOptions();

    @ArgGroup(validate = false, order = 7, heading = "%nAbout:%n")
    private AboutOptions about = new AboutOptions();

    private Options() {}

    /**
     * Reads a command line.
     *
     * @throws ParameterException if it is wrong; the message is for the user
     */
    static Options parse(String... args) {
        Options plain = plain(args);
        return plain != null ? plain : parseAny(args);
    }

    /**
     * A command line of files and the plainest words, or null if it has others or is wrong. Reading the annotations takes
     * picocli more than half of the time that a small capture takes.
     */
    static @Nullable Options plain(String... args) {
        Options options = new Options();
        for (String word : args) {
            boolean file = !word.startsWith("-") || word.equals(InputOptions.STANDARD_INPUT);
            if (file) {
                options.input.plainFile(word);
            } else if (!options.view.plain(word) && !options.output.plain(word)) {
                return null;
            }
        }
        return options.contradiction() == null ? options : null;
    }

    /** As {@link #parse}, of any command line. */
    static Options parseAny(String... args) {
        Options options = new Options();
        CommandLine commandLine = options.commandLine();
        commandLine.parseArgs(args);
        options.input.readAsTcpdump(!options.capture.interfaces().isEmpty());
        String wrong = options.contradiction();
        if (wrong != null) {
            throw new ParameterException(commandLine, wrong);
        }
        return options;
    }

    static String help(boolean colors) {
        Ansi ansi = colors ? Ansi.ON : Ansi.OFF;
        return new Options().commandLine().getUsageMessage(ansi);
    }

    static CommandSpec specification() {
        return new Options().commandLine().getCommandSpec();
    }

    private CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(this)
                .setExpandAtFiles(false)
                .setUsageHelpLongOptionsMaxWidth(24)
                .setOverwrittenOptionsAllowed(true);
        // Of a quote in a list picocli would say on standard error that it has no other, and show it raw.
        commandLine.getCommandSpec().parser().splitQuotedStrings(true);
        return commandLine;
    }

    private @Nullable String contradiction() {
        if (about.asked() || capture.list()) {
            return null;
        }
        if (input.files().isEmpty() && capture.interfaces().isEmpty()) {
            return "no FILE given (- is standard input, -i NAME an interface)";
        }
        String notMeant = capture.contradiction(input.files());
        if (notMeant != null) {
            return notMeant;
        }
        String notKept = save.contradiction();
        if (notKept != null) {
            return notKept;
        }
        if (Collections.frequency(input.files(), InputOptions.STANDARD_INPUT) > 1) {
            return "standard input (-) can be read only once";
        }
        if (view.against() != null && !capture.interfaces().isEmpty()) {
            return "--against is for files, not with -i";
        }
        String notExpected = expect.contradiction();
        if (notExpected != null) {
            return notExpected;
        }
        if (expect.beside() && input.merge()) {
            return "--expect-beside is for each capture, --merge makes one of them";
        }
        String overwriting = OutputFile.overwriting(outputs(), inputs());
        if (overwriting != null) {
            return overwriting;
        }
        String unknown = checks.contradiction();
        if (unknown != null) {
            return unknown;
        }
        String expression = selection.read(view.utc());
        if (expression != null) {
            return expression;
        }
        String unsorted = selection.contradiction(!view.by().isEmpty());
        if (unsorted != null) {
            return unsorted;
        }
        boolean asTheyPass = view.view() == ViewOptions.View.EVENTS || view.view() == ViewOptions.View.SEGMENTS;
        if (asTheyPass && !selection.only().isAll() && !selection.only().isFindings()) {
            return "--only knows 'findings' alone with --view " + Words.of(view.view())
                    + ", and --from and --to nothing: what is to come is not known";
        }
        if (selection.sort() != null
                && view.by().isEmpty()
                && (asTheyPass || view.view() == ViewOptions.View.SUMMARY)) {
            return "--sort is for flows: --view " + Words.of(view.view()) + " has none to sort";
        }
        String field = wrongField();
        if (field != null) {
            return field;
        }
        String wrong = output.contradiction();
        return wrong == null ? view.contradiction(output) : wrong;
    }

    private @Nullable String wrongField() {
        try {
            return output.wrongField(view.by().isEmpty() ? "flow" : "group");
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    /** The paths of all files that are written, but for those that rotate: their names follow. */
    List<String> outputs() {
        OutputOptions.Extract extract = output.extract();
        @Nullable
        String[] all = {
            save.rotates() ? null : save.write(),
            output.annotate(),
            extract == null ? null : extract.file(),
            output.svg(),
            output.html(),
            expect.write(),
            expect.junit(),
            expect.sarif()
        };
        List<String> outputs = new ArrayList<>();
        for (String each : all) {
            if (each != null) {
                outputs.add(each);
            }
        }
        return outputs;
    }

    private List<String> inputs() {
        List<String> inputs = new ArrayList<>(input.files());
        if (expect.expect() != null) {
            inputs.add(expect.expect());
        }
        if (view.against() != null) {
            inputs.add(view.against());
        }
        return inputs;
    }

    InputOptions input() {
        return input;
    }

    CaptureOptions capture() {
        return capture;
    }

    SaveOptions save() {
        return save;
    }

    SelectionOptions selection() {
        return selection;
    }

    ViewOptions view() {
        return view;
    }

    OutputOptions output() {
        return output;
    }

    CheckOptions checks() {
        return checks;
    }

    ExpectOptions expect() {
        return expect;
    }

    LimitOptions limits() {
        return limits;
    }

    AboutOptions about() {
        return about;
    }
}
