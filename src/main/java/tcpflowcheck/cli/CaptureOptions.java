package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.capture.Libpcap;

/** What is captured live, and how. */
final class CaptureOptions {
    private static final int MAX_SNAP_LENGTH = 262_144;

    private static final long MOST_BUFFERED = 1 << 30;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "NAME",
            description = "capture on an interface; several are one capture")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-D", "--list-interfaces"},
            description = "list the interfaces there are")
    private boolean list;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "capture for so long")
    private long duration = Long.MAX_VALUE;

    @Option(
            names = {"-s", "--snaplen"},
            paramLabel = "N",
            converter = WholeNumber.Length.class,
            description = "octets captured of a frame (262144, as 0)")
    private long snapLength = MAX_SNAP_LENGTH;

    @Option(
            names = {"-B", "--buffer-size"},
            paramLabel = "KiB",
            converter = WholeNumber.Positive.class,
            description = "the kernel's buffer (65536)")
    private long buffer;

    @Option(
            names = "--live-buffer",
            paramLabel = "SIZE",
            converter = Octets.class,
            description = "frames held until they are analysed (64m)")
    private long liveBuffer = 64 << 20;

    @Option(
            names = {"-p", "--no-promiscuous-mode"},
            description = "only frames from and to this host")
    private boolean notPromiscuous;

    @Option(
            names = "-Z",
            paramLabel = "USER",
            description = {
                "as root: become USER once the interface is open",
                "(tcpdump if there is one and only -w writes;",
                "-Z root stays root)"
            })
    private @Nullable String user;

    /** The user to become once the interface is open, or null if that was not said. */
    @Nullable
    String user() {
        return user;
    }

    /** As on the command line; empty if files are read. */
    List<String> interfaces() {
        return interfaces;
    }

    boolean list() {
        return list;
    }

    /** Nanoseconds. */
    long duration() {
        return duration;
    }

    /** Octets. */
    int liveBuffer() {
        return (int) Math.min(liveBuffer, MOST_BUFFERED);
    }

    Libpcap.Settings settings(@Nullable String filter) {
        return new Libpcap.Settings(
                snapLength == 0 ? MAX_SNAP_LENGTH : (int) Math.min(snapLength, MAX_SNAP_LENGTH),
                (int) Math.min(buffer, Integer.MAX_VALUE / 1024),
                !notPromiscuous,
                filter);
    }

    /** What can't be meant, or null. */
    @Nullable
    String contradiction(List<String> files) {
        if (!interfaces.isEmpty() && !files.isEmpty()) {
            return "-i captures, FILE is read: give one of them";
        }
        if (interfaces.isEmpty() && user != null) {
            return "-Z is for -i: reading files needs no privileges";
        }
        if (interfaces.isEmpty() && duration != Long.MAX_VALUE) {
            return "--duration is for -i: give an interface";
        }
        return null;
    }
}
