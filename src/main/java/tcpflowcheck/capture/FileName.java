package tcpflowcheck.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files as text, whatever octets they consist of. Java makes U+FFFD of an octet that is not UTF-8 and then
 * finds no such file; here it is the lone surrogate U+DC80 to U+DCFF, as in Python (PEP 383). A {@code file:} URI takes any octet.
 */
public final class FileName {
    private static final char REPLACED = '\ufffd';
    private static final int ESCAPED = 0xdc00;
    private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");

    private FileName() {}

    /** Whether a character stands for an octet that is not UTF-8. */
    public static boolean isOctet(int point) {
        return point >= ESCAPED + 0x80 && point <= ESCAPED + 0xff;
    }

    /** The octet that such a character stands for. */
    public static int octet(int point) {
        return point - ESCAPED;
    }

    /** The file that is meant. */
    public static Path path(String name) {
        return isText(name) ? Path.of(name) : ofOctets(name);
    }

    /** Whether all of a name is text, so that Java can open it by its name. */
    static boolean isText(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isOctet(name.charAt(i)) && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)))) {
                return false;
            }
        }
        return true;
    }

    private static Path ofOctets(String name) {
        StringBuilder uri = new StringBuilder("file://");
        if (!name.startsWith("/")) {
            appendOctets(uri, Path.of("").toAbsolutePath() + "/");
        }
        appendOctets(uri, name);
        return Path.of(URI.create(uri.toString()));
    }

    private static void appendOctets(StringBuilder uri, String name) {
        for (byte octet : octets(name)) {
            uri.append(octet == '/' ? "/" : "%" + hex(octet >>> 4) + hex(octet));
        }
    }

    private static char hex(int value) {
        return Character.forDigit(value & 0xf, 16);
    }

    /** The octets that a name consists of. */
    public static byte[] octets(String name) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i < name.length(); i++) {
            if (isOctet(name.charAt(i)) && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)))) {
                octets.writeBytes(name.substring(from, i).getBytes(StandardCharsets.UTF_8));
                octets.write(octet(name.charAt(i)));
                from = i + 1;
            }
        }
        octets.writeBytes(name.substring(from).getBytes(StandardCharsets.UTF_8));
        return octets.toByteArray();
    }

    /** The name of a file that was found in a folder. */
    public static String of(Path path) {
        String name = path.toString();
        if (name.indexOf(REPLACED) < 0) {
            return name;
        }
        StringBuilder exact = new StringBuilder(path.isAbsolute() ? "/" : "");
        for (Path each : path) {
            String uri = each.toUri().getRawPath();
            int end = uri.length() - (uri.endsWith("/") ? 1 : 0);
            exact.append(exact.length() > 0 && exact.charAt(exact.length() - 1) != '/' ? "/" : "")
                    .append(decode(unquoted(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end))));
        }
        return exact.toString();
    }

    private static byte[] unquoted(String quoted) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < quoted.length(); i++) {
            if (quoted.charAt(i) == '%') {
                octets.write(Integer.parseInt(quoted.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                octets.write(quoted.charAt(i));
            }
        }
        return octets.toByteArray();
    }

    /** UTF-8, and what is not as lone surrogates. */
    static String decode(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < octets.length; ) {
            int length = Math.min(lengthOf(octets[at]), octets.length - at);
            try {
                text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, at, length)));
                at += length;
            } catch (CharacterCodingException notUtf8) {
                text.append((char) (ESCAPED + (octets[at++] & 0xff)));
            }
        }
        return text.toString();
    }

    private static int lengthOf(byte first) {
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        return ones >= 2 && ones <= 4 ? ones : 1;
    }

    /** The arguments of this process as they were given, where Java has replaced octets of them. */
    public static String[] arguments(String[] given) {
        boolean replaced = false;
        for (String each : given) {
            replaced |= each.indexOf(REPLACED) >= 0;
        }
        if (!replaced) {
            return given;
        }
        try {
            return last(Files.readAllBytes(ARGUMENTS), given);
        } catch (IOException noProc) {
            return given;
        }
    }

    /** The last of a process's arguments, each with a 0 behind it, if they can be the given ones. */
    static String[] last(byte[] line, String[] given) {
        String[] exact = new String[given.length];
        int end = line.length - 1;
        for (int i = given.length - 1; i >= 0; i--) {
            int from = end;
            while (from > 0 && line[from - 1] != 0) {
                from--;
            }
            if (end < 0) {
                return given;
            }
            exact[i] = decode(Arrays.copyOfRange(line, from, end));
            boolean same = given[i].indexOf(REPLACED) >= 0 || given[i].equals(exact[i]);
            if (!same) {
                return given;
            }
            end = from - 1;
        }
        return exact;
    }
}
