package tcpflowcheck.capture;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** The rights of the process: root's are needed to open an interface, and for nothing after that. */
public final class Privileges {
    private Privileges() {}

    /** Whether the process has root's rights; only Linux is asked. */
    public static boolean isRoot() {
        return Platform.isLinux() && libc().getFunction("geteuid").invokeInt(new Object[0]) == 0;
    }

    /** Whether there is a user of this name. */
    public static boolean isUser(String name) {
        return Platform.isLinux() && entry(name) != null;
    }

    /**
     * From now on the process, with all its threads, is another user, with that one's groups alone. It can't go back.
     *
     * @throws CaptureException if there is no such user, or the process may not do that
     */
    public static void dropTo(String name) throws CaptureException {
        if (!Platform.isLinux()) {
            throw CaptureException.unreadable("-Z " + name, "users can be changed on Linux alone", null);
        }
        Pointer entry = entry(name);
        if (entry == null) {
            throw CaptureException.unreadable("-Z " + name, "no such user", null);
        }
        // struct passwd (POSIX, as glibc and musl lay it out): two pointers, then pw_uid and pw_gid.
        int user = entry.getInt(2L * Native.POINTER_SIZE);
        int group = entry.getInt(2L * Native.POINTER_SIZE + Integer.BYTES);
        boolean dropped = call("initgroups", name, group) && call("setgid", group) && call("setuid", user);
        if (!dropped) {
            throw CaptureException.unreadable("-Z " + name, "no permission to become this user", null);
        }
    }

    private static NativeLibrary libc() {
        return NativeLibrary.getInstance("c");
    }

    private static Pointer entry(String name) {
        return libc().getFunction("getpwnam").invokePointer(new Object[] {name});
    }

    private static boolean call(String function, Object... arguments) {
        return libc().getFunction(function).invokeInt(arguments) == 0;
    }
}
