package tcpflowcheck.capture;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** C's {@code strftime} (ISO C 7.27.3.5, with glibc's additions) in the C locale, for names of files. */
final class Strftime {
    private static final String PADDING = "-_0^";

    private final StringBuilder out = new StringBuilder();
    private final String format;
    private final ZonedDateTime time;
    private int at;

    private Strftime(String format, ZonedDateTime time) {
        this.format = format;
        this.time = time;
    }

    /**
     * Fills a format.
     *
     * @param seconds since 1970
     */
    static String of(String format, long seconds, ZoneId zone) {
        Strftime text = new Strftime(format, Instant.ofEpochSecond(seconds).atZone(zone));
        while (text.at < format.length()) {
            text.next();
        }
        return text.out.toString();
    }

    private void next() {
        int begin = at;
        char octet = format.charAt(at++);
        if (octet != '%' || at == format.length()) {
            out.append(octet);
            return;
        }
        char flag = 0;
        while (at < format.length() - 1 && PADDING.indexOf(format.charAt(at)) >= 0) {
            flag = format.charAt(at++);
        }
        if (at < format.length() - 1 && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) {
            at++; // another calendar's and other digits, of which the C locale has none
        }
        boolean bare = at == begin + 1;
        char letter = format.charAt(at++);
        if ((letter == '%' && !bare) || !conversion(letter, flag)) {
            out.append(format, begin, at);
        }
    }

    private boolean conversion(char letter, char flag) {
        switch (letter) {
            case '%' -> out.append('%');
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'c' -> all("%a %b %e %H:%M:%S %Y");
            case 'D', 'x' -> all("%m/%d/%y");
            case 'F' -> all("%Y-%m-%d");
            case 'R' -> all("%H:%M");
            case 'r' -> all("%I:%M:%S %p");
            case 'T', 'X' -> all("%H:%M:%S");
            case 'z' -> out.append(offset());
            case 'Z' -> out.append(time.getZone().equals(time.getOffset()) ? zoneOfOffset() : zone());
            default -> {
                return name(letter, flag) || number(letter, flag);
            }
        }
        return true;
    }

    private void all(String formats) {
        out.append(of(formats, time.toEpochSecond(), time.getZone()));
    }

    private String zone() {
        return java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .format(time);
    }

    private String zoneOfOffset() {
        return time.getOffset().getTotalSeconds() == 0 ? "UTC" : offset();
    }

    private String offset() {
        int minutes = time.getOffset().getTotalSeconds() / 60;
        int hours = Math.abs(minutes) / 60;
        return (minutes < 0 ? "-" : "+") + padded(hours, 2, '0') + padded(Math.abs(minutes) % 60, 2, '0');
    }

    private boolean name(char letter, char flag) {
        String name = switch (letter) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' ->
                time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            default -> null;
        };
        if (name != null) {
            out.append(flag == '^' ? name.toUpperCase(Locale.ROOT) : name);
        }
        return name != null;
    }

    private boolean number(char letter, char flag) {
        int day = time.getDayOfYear();
        int sunday = time.getDayOfWeek() == DayOfWeek.SUNDAY
                ? 0
                : time.getDayOfWeek().getValue();
        int monday = time.getDayOfWeek().getValue() - 1;
        switch (letter) {
            case 'C' -> put(time.getYear() / 100, 2, '0', flag);
            case 'd' -> put(time.getDayOfMonth(), 2, '0', flag);
            case 'e' -> put(time.getDayOfMonth(), 2, ' ', flag);
            case 'g' -> put(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0', flag);
            case 'G' -> put(time.get(IsoFields.WEEK_BASED_YEAR), 1, '0', flag);
            case 'H' -> put(time.getHour(), 2, '0', flag);
            case 'I' -> put(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '0', flag);
            case 'j' -> put(day, 3, '0', flag);
            case 'k' -> put(time.getHour(), 2, ' ', flag);
            case 'l' -> put(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, ' ', flag);
            case 'm' -> put(time.getMonthValue(), 2, '0', flag);
            case 'M' -> put(time.getMinute(), 2, '0', flag);
            case 's' -> put(time.toEpochSecond(), 1, '0', flag);
            case 'S' -> put(time.getSecond(), 2, '0', flag);
            case 'u' -> put(monday + 1, 1, '0', flag);
            case 'U' -> put((day - 1 + 7 - sunday) / 7, 2, '0', flag);
            case 'V' -> put(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', flag);
            case 'w' -> put(sunday, 1, '0', flag);
            case 'W' -> put((day - 1 + 7 - monday) / 7, 2, '0', flag);
            case 'y' -> put(time.getYear() % 100, 2, '0', flag);
            case 'Y' -> put(time.getYear(), 1, '0', flag);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void put(long number, int width, char usual, char flag) {
        char fill = flag == '_' ? ' ' : flag == '0' ? '0' : usual;
        out.append(flag == '-' ? String.valueOf(number) : padded(number, width, fill));
    }

    static String padded(long number, int width, char fill) {
        StringBuilder text = new StringBuilder(String.valueOf(number));
        while (text.length() < width) {
            text.insert(0, fill);
        }
        return text.toString();
    }
}
