package tcpflowcheck.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.capture.Rotation;

/** The savefiles that what is captured or read is written into, as tcpdump has them. */
final class SaveOptions {
    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "keep what was captured or read, as pcap or pcapng")
    private @Nullable String write;

    @Option(
            names = "-C",
            paramLabel = "SIZE",
            converter = FileSize.class,
            description = {"another file once one is larger, in millions of", "octets, or with a unit: 512k, 100m, 2g"})
    private long size;

    @Option(
            names = "-G",
            paramLabel = "SECONDS",
            converter = WholeNumber.Positive.class,
            description = {"another file after so long; strftime(3) makes its", "name of FILE: trace-%%H%%M%%S.pcap"})
    private long seconds;

    @Option(
            names = "-W",
            paramLabel = "COUNT",
            converter = WholeNumber.Positive.class,
            description = {"with -C a ring of so many files, with -G the end", "after so many"})
    private long count;

    @Option(
            names = "-z",
            paramLabel = "COMMAND",
            description = {"run COMMAND FILE for each file of -C or -G once", "another one follows"})
    private @Nullable String command;

    /** A path, or null. */
    @Nullable
    String write() {
        return write;
    }

    boolean rotates() {
        return size > 0 || seconds > 0;
    }

    Rotation rotation() {
        return new Rotation(size, seconds, count);
    }

    /** A program's name, or null. */
    @Nullable
    String command() {
        return command;
    }

    /** What can't be meant, or null. */
    @Nullable
    String contradiction() {
        if (write == null && (rotates() || count > 0 || command != null)) {
            return "-C, -G, -W and -z are for the files of -w: give -w FILE with them";
        }
        if (!rotates() && count > 0) {
            return "-W counts the files of -C or -G: give one of them with it";
        }
        if (!rotates() && command != null) {
            return "-z is run when -C or -G begins another file: give one of them with it";
        }
        if (InputOptions.STANDARD_INPUT.equals(write)) {
            return "-w -: standard output has the report; write into a named pipe, or let tcpdump capture:"
                    + " tcpdump -U -w - | tee FILE | tcpflow-check -";
        }
        return null;
    }
}
