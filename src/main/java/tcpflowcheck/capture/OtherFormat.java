package tcpflowcheck.capture;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is that is no capture we read, by its first octets (as file(1) knows them), and what to do about it. */
final class OtherFormat {
    private static final int LOOKED_AT = 512;
    private static final int LEAST_TEXT = 16;
    private static final int TAR_MAGIC = 257;

    /** How the file begins, and what it is then. */
    private static final String[][] KNOWN = {
        {"PK\3\4", "a zip archive: unpack it first"},
        {"\177ELF", "a program (ELF)"},
        {"\211PNG", "a picture (PNG)"},
        {"GIF8", "a picture (GIF)"},
        {"\377\330\377", "a picture (JPEG)"},
        {"%PDF", "a PDF document"},
        {"7z\274\257", "a 7z archive: unpack it first"},
        {"Rar!", "a RAR archive: unpack it first"},
        {"SQLite format 3", "a SQLite database"},
        {"\312\376\272\276", "a Java class or a program for macOS"},
        {"MZ", "a program for Windows"},
        {"version https://git-lfs", "a pointer of Git LFS in place of the file: 'git lfs pull' fetches it"},
        {"snoop\0", "a capture of snoop: 'editcap -F pcap IN OUT' converts it"},
        {"GMBU", "a capture of Microsoft's Network Monitor: 'editcap -F pcap IN OUT' converts it"},
        {"RTSS", "a capture of Microsoft's Network Monitor: 'editcap -F pcap IN OUT' converts it"},
        {"TRSNIFF", "a capture of NetXRay's Sniffer: 'editcap -F pcap IN OUT' converts it"},
        {"iptrace", "a capture of AIX's iptrace: 'editcap -F pcap IN OUT' converts it"},
        {"#!", "a script"},
    };

    private OtherFormat() {}

    /** Of what is held of it: {@code : it is a zip archive: unpack it first}, or nothing if it is not known. */
    static String of(SlidingBuffer buffer) {
        int length = Math.min(buffer.available(), LOOKED_AT);
        String start = new String(buffer.octets(), buffer.position(), length, StandardCharsets.ISO_8859_1);
        for (String[] each : KNOWN) {
            if (start.startsWith(each[0])) {
                return ": it is " + each[1];
            }
        }
        if (start.startsWith("ustar", TAR_MAGIC)) {
            return ": it is a tar archive: unpack it first";
        }
        return isText(start) ? ": it is " + text(start.stripLeading().toLowerCase(Locale.ROOT)) : "";
    }

    private static boolean isText(String start) {
        if (start.length() < LEAST_TEXT) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            char octet = start.charAt(i);
            if ((octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t' && octet != 0x1b) || octet == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String text(String start) {
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "an HTML page, perhaps an error in place of a download";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "JSON";
        }
        if (start.startsWith("<")) {
            return "XML or HTML";
        }
        boolean printed = start.contains("flags [") || start.contains(" ip ") || start.contains(" > ");
        return printed ? "text that tcpdump has printed: 'tcpdump -w FILE' writes what can be read again" : "text";
    }
}
