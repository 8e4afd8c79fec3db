package tcpflowcheck.capture;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network namespace of Linux, by its name as {@code ip netns} lists it or by its path. What is opened in it stays in it. */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private final String name;
    private final Path path;
    private @Nullable LiveSource opened;
    private @Nullable CaptureException failure;

    private NetworkNamespace(String name) {
        this.name = name;
        path = name.indexOf('/') >= 0 ? Path.of(name) : Path.of("/run/netns", name);
    }

    /**
     * Begins to capture on an interface in a namespace.
     *
     * @param namespace {@code lab1}, {@code /proc/4711/ns/net}
     * @throws CaptureException as {@link LibpcapSource#live}, or if the namespace is not there or may not be entered
     */
    public static LiveSource live(String namespace, String name, Libpcap.Settings settings) throws CaptureException {
        return new NetworkNamespace(namespace).open(name, settings);
    }

    /** A thread of its own enters, for a thread that has entered can't tell where it came from. */
    private LiveSource open(String interfaceName, Libpcap.Settings settings) throws CaptureException {
        if (!Platform.isLinux() || !Files.exists(path)) {
            throw CaptureException.unreadable("network namespace " + name, "there is none of this name", null);
        }
        Thread inside = new Thread(() -> enterAndOpen(interfaceName, settings), "namespace " + name);
        inside.start();
        try {
            inside.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CaptureException.unreadable(interfaceName, "interrupted", e);
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(opened);
    }

    private void enterAndOpen(String interfaceName, Libpcap.Settings settings) {
        try {
            enter();
            opened = LibpcapSource.live(interfaceName, settings);
        } catch (CaptureException unopened) {
            failure = unopened;
        } catch (LinkageError | RuntimeException broken) {
            failure = CaptureException.unreadable("network namespace " + name, broken.toString(), broken);
        }
    }

    private void enter() throws CaptureException {
        NativeLibrary libc = NativeLibrary.getInstance("c");
        int file = libc.getFunction("open").invokeInt(new Object[] {path.toString(), 0});
        boolean entered = file >= 0 && libc.getFunction("setns").invokeInt(new Object[] {file, CLONE_NEWNET}) == 0;
        if (file >= 0) {
            libc.getFunction("close").invokeInt(new Object[] {file});
        }
        if (!entered) {
            throw CaptureException.unreadable(
                    "network namespace " + name, "no permission to enter it: run as root or with CAP_SYS_ADMIN", null);
        }
    }
}
