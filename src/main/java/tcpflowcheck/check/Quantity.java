package tcpflowcheck.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number as people write it: {@code 1460}, {@code 200ms}, {@code 1.5 s}, {@code 64KiB}. */
final class Quantity {
    private static final Pattern WRITTEN = Pattern.compile("(-?\\d[\\d_]*(?:\\.\\d+)?)\\s*([A-Za-z]*)");

    private Quantity() {}

    /** In nanoseconds or octets; NaN if it is none. */
    static double of(String written) {
        Matcher parts = WRITTEN.matcher(written.strip());
        if (!parts.matches()) {
            return Double.NaN;
        }
        double unit = unit(parts.group(2));
        return unit == 0 ? Double.NaN : Double.parseDouble(parts.group(1).replace("_", "")) * unit;
    }

    static boolean is(String written) {
        return !Double.isNaN(of(written));
    }

    private static double unit(String name) {
        return switch (name) {
            case "", "ns", "B" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            case "kB", "KB" -> 1e3;
            case "MB" -> 1e6;
            case "GB" -> 1e9;
            case "KiB" -> 1024;
            case "MiB" -> 1024 * 1024;
            case "GiB" -> 1024.0 * 1024 * 1024;
            default -> 0;
        };
    }
}
