package tcpflowcheck.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** libpcap through pcap4j: what opens its handles, and says in a user's words why it can't. */
public final class Libpcap {
    /**
     * Given: how an interface is opened.
     *
     * @param snapLength octets kept of a frame
     * @param bufferKib the kernel's buffer, KiB; 0 for libpcap's own choice
     * @param filter a pcap-filter expression, or null
     */
    public record Settings(
            int snapLength,
            int bufferKib,
            boolean promiscuous,
            @Nullable String filter) {}

    /** Given: an interface as {@code -D} lists it. */
    public record Interface(String name, @Nullable String description, List<String> addresses, boolean up) {}

    /** Frames wait no longer in the kernel; without immediate mode, whose ring has slots of the snap length. */
    private static final int TIMEOUT_MILLIS = 20;

    /** Held by the kernel while we do not read: 64 MiB, where libpcap takes 2, for a JVM is slow in its first second. */
    private static final int BUFFER_OCTETS = 1 << 26;

    private Libpcap() {}

    /** Opens an interface; the frames come once its loop runs. */
    static PcapHandle openLive(String name, Settings settings) throws CaptureException {
        PcapNetworkInterface.PromiscuousMode mode = settings.promiscuous()
                ? PcapNetworkInterface.PromiscuousMode.PROMISCUOUS
                : PcapNetworkInterface.PromiscuousMode.NONPROMISCUOUS;
        try {
            PcapHandle handle = new PcapHandle.Builder(name)
                    .snaplen(settings.snapLength())
                    .promiscuousMode(mode)
                    .timeoutMillis(TIMEOUT_MILLIS)
                    .bufferSize(settings.bufferKib() > 0 ? settings.bufferKib() * 1024 : BUFFER_OCTETS)
                    .timestampPrecision(PcapHandle.TimestampPrecision.NANO)
                    .build();
            return settings.filter() == null ? handle : filtered(handle, name, settings.filter());
        } catch (PcapNativeException e) {
            throw unopened(name, e);
        } catch (LinkageError e) {
            throw missing(name, e);
        }
    }

    private static PcapHandle filtered(PcapHandle handle, String name, String filter) throws CaptureException {
        try {
            handle.setFilter(filter, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
            return handle;
        } catch (PcapNativeException | NotOpenException e) {
            handle.close();
            throw CaptureException.unreadable(name, "filter '" + filter + "': " + reason(e), e);
        }
    }

    /** Opens a file that libpcap reads. */
    static PcapHandle openOffline(String path) throws CaptureException {
        try {
            return Pcaps.openOffline(path, PcapHandle.TimestampPrecision.NANO);
        } catch (PcapNativeException e) {
            throw CaptureException.unreadable(path, "libpcap: " + reason(e).replace(path + ": ", ""), e);
        } catch (LinkageError e) {
            throw missing(path, e);
        }
    }

    /**
     * The interfaces there are.
     *
     * @throws CaptureException if libpcap is not installed or can't tell
     */
    public static List<Interface> interfaces() throws CaptureException {
        try {
            List<Interface> interfaces = new ArrayList<>();
            for (PcapNetworkInterface each : Pcaps.findAllDevs()) {
                List<String> addresses = new ArrayList<>();
                for (PcapAddress address : each.getAddresses()) {
                    if (address.getAddress() != null) {
                        addresses.add(address.getAddress().getHostAddress().replaceFirst("%.*", ""));
                    }
                }
                interfaces.add(new Interface(each.getName(), each.getDescription(), addresses, each.isUp()));
            }
            return interfaces;
        } catch (PcapNativeException e) {
            throw CaptureException.unreadable("interfaces", reason(e), e);
        } catch (LinkageError e) {
            throw missing("interfaces", e);
        }
    }

    /**
     * libpcap's name and version.
     *
     * @throws CaptureException if it is not installed
     */
    public static String version() throws CaptureException {
        try {
            return Pcaps.libVersion();
        } catch (LinkageError e) {
            throw missing("libpcap", e);
        }
    }

    static CaptureException missing(String name, LinkageError e) {
        return CaptureException.unreadable(
                name, "libpcap is needed for this and can't be loaded (Debian: apt-get install libpcap0.8)", e);
    }

    private static CaptureException unopened(String name, PcapNativeException e) {
        String reason = reason(e);
        String low = reason.toLowerCase(Locale.ROOT);
        if (low.contains("permission") || low.contains("not permitted")) {
            return CaptureException.unreadable(
                    name,
                    "no permission to capture: run as root or with the capabilities CAP_NET_RAW and CAP_NET_ADMIN,"
                            + " or let another program capture: dumpcap -i " + name + " -w - | tcpflow-check -",
                    e);
        }
        if (low.contains("no such device") || low.contains("doesn't exist")) {
            return CaptureException.unreadable(name, "no such interface; there are " + names(), e);
        }
        return CaptureException.unreadable(name, reason, e);
    }

    private static String names() {
        try {
            StringBuilder names = new StringBuilder();
            for (Interface each : interfaces()) {
                names.append(names.length() > 0 ? ", " : "").append(each.name());
            }
            return names.toString();
        } catch (CaptureException e) {
            return "none that could be listed";
        }
    }

    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.strip().replaceAll("\\s+", " ");
    }
}
