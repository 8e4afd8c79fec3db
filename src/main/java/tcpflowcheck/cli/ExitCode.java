package tcpflowcheck.cli;

/** What the exit code tells the shell. */
public final class ExitCode {
    /** Read to the end, and nothing that a check forbids. */
    public static final int OK = 0;

    /** A check failed. */
    public static final int CHECK_FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** An input could not be opened, is no capture, or is cut or corrupt; or the report could not be written. */
    public static final int INPUT_OUTPUT = 3;

    /** A bug of ours (sysexits.h: EX_SOFTWARE). */
    public static final int BUG = 70;

    /** Interrupted: 128 + SIGINT. */
    public static final int INTERRUPTED = 130;

    /** The reader of standard output went away: 128 + SIGPIPE. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
