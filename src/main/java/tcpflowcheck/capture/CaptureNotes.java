package tcpflowcheck.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a capture says beside its frames, which pcapng alone can; it grows while the capture is read, within bounds. */
public final class CaptureNotes {
    private static final int MAX_COMMENTS = 100;
    private static final int MAX_NAMES = 100_000;
    private static final int MAX_LENGTH = 2048;
    /** Of all names of addresses, characters. */
    private static final int MAX_NAMED = 4 << 20;

    private static final int MAX_SECRETS = 1 << 24;

    /** Is told the names of addresses. */
    public interface Names {
        /**
         * An address has a name; the first that it is given counts.
         *
         * @param version 4 or 6
         * @param high the first eight octets of an IPv6 address, else 0
         * @param low the last eight, or the four of an IPv4 one
         */
        void name(int version, long high, long low, ForeignText name);
    }

    /** Is told how many frames were not captured. */
    public interface Dropped {
        /**
         * What an interface said last.
         *
         * @param interfaceId its number in the last section, -1 for all interfaces of the sections before that
         */
        void dropped(long interfaceId, long byKernel, long byDevice);
    }

    record Address(int version, long high, long low) {}

    /** What decrypts the text, TLS keys mostly, of a type of draft-ietf-opsawg-pcapng, section 4.7. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Secrets(int type, byte[] octets) {}

    private record Drops(long kernel, long device) {}

    private final List<ForeignText> comments = new ArrayList<>();
    private final Map<Address, ForeignText> names = new LinkedHashMap<>();
    private final List<Secrets> secrets = new ArrayList<>();
    private long secretOctets;
    private int named;
    /** Of the interfaces of the section at hand, by number; a later count stands for an earlier one. */
    private final Map<Integer, Drops> drops = new HashMap<>();

    private final List<CaptureNotes> parts = new ArrayList<>();
    private long kernelBefore;
    private long deviceBefore;
    private boolean counted;

    /** What another capture says is said here, too, in place of what it said when it was opened before, if it was. */
    void replace(@Nullable CaptureNotes before, CaptureNotes part) {
        parts.remove(before);
        parts.add(part);
    }

    void section() {
        for (Drops each : drops.values()) {
            kernelBefore += each.kernel;
            deviceBefore += each.device;
        }
        drops.clear();
    }

    /** Something is said of the capture as a whole. */
    public void comment(ForeignText text) {
        if (comments.size() < MAX_COMMENTS) {
            comments.add(text);
        }
    }

    /** As {@link Names#name}. */
    public void name(int version, long high, long low, ForeignText name) {
        if (names.size() < MAX_NAMES && named < MAX_NAMED && !name.raw().isEmpty()) {
            named += name.raw().length();
            names.putIfAbsent(new Address(version, high, low), name);
        }
    }

    void secrets(int type, byte[] octets) {
        if (secretOctets + octets.length <= MAX_SECRETS) {
            secretOctets += octets.length;
            secrets.add(new Secrets(type, octets));
        }
    }

    /** Never told, only written into another capture. */
    List<Secrets> secrets() {
        List<Secrets> all = new ArrayList<>(secrets);
        for (CaptureNotes part : parts) {
            all.addAll(part.secrets());
        }
        return all;
    }

    /** Tells all names of addresses. */
    public void names(Names each) {
        for (Map.Entry<Address, ForeignText> name : names().entrySet()) {
            Address of = name.getKey();
            each.name(of.version, of.high, of.low, name.getValue());
        }
    }

    /** All names of addresses. */
    Map<Address, ForeignText> names() {
        Map<Address, ForeignText> all = new LinkedHashMap<>(names);
        for (CaptureNotes part : parts) {
            part.names().forEach(all::putIfAbsent);
        }
        return all;
    }

    /** So many frames were not captured by an interface so far. */
    public void dropped(int interfaceId, long byKernel, long byDevice) {
        counted = true;
        if (drops.size() <= PcapngInterfaces.MAX) {
            drops.put(interfaceId, new Drops(Math.max(byKernel, 0), Math.max(byDevice, 0)));
        }
    }

    /** Tells what was not captured by each interface of the capture itself. */
    public void drops(Dropped each) {
        if (counted) {
            each.dropped(-1, kernelBefore, deviceBefore);
        }
        drops.forEach((id, count) -> each.dropped(Integer.toUnsignedLong(id), count.kernel, count.device));
    }

    /** What was written into a file, which may be anything. */
    static ForeignText text(byte[] octets, int from, int length) {
        String text = new String(octets, from, Math.min(length, 4 * MAX_LENGTH), StandardCharsets.UTF_8);
        return new ForeignText(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
    }

    /** What somebody wrote about the capture as a whole. */
    public List<ForeignText> comments() {
        List<ForeignText> all = new ArrayList<>(comments);
        for (CaptureNotes part : parts) {
            all.addAll(part.comments());
        }
        return all;
    }

    /**
     * The name that the capture itself gives an address, or null.
     *
     * @param version 4 or 6
     * @param high the first eight octets of an IPv6 address, else 0
     * @param low the last eight, or the four of an IPv4 one
     */
    public @Nullable ForeignText name(int version, long high, long low) {
        ForeignText name = names.isEmpty() ? null : names.get(new Address(version, high, low));
        for (int i = 0; name == null && i < parts.size(); i++) {
            name = parts.get(i).name(version, high, low);
        }
        return name;
    }

    /** Frames for which the capturing kernel had no room, -1 if the capture does not say. */
    public long droppedByKernel() {
        return sum(true);
    }

    /** Frames that interfaces dropped, -1 if the capture does not say. */
    public long droppedByInterface() {
        return sum(false);
    }

    private long sum(boolean kernel) {
        long sum = counted ? kernel ? kernelBefore : deviceBefore : -1;
        for (Drops each : drops.values()) {
            sum += kernel ? each.kernel : each.device;
        }
        for (CaptureNotes part : parts) {
            long more = part.sum(kernel);
            sum = more < 0 ? sum : Math.max(sum, 0) + more;
        }
        return sum;
    }
}
