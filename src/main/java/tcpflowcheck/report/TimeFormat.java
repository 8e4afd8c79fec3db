package tcpflowcheck.report;

import java.util.TimeZone;

/**
 * Kept by one reporter: the time in front of a line, in the styles of tcpdump. {@link #append} ends with a space where it
 * prints anything. Microseconds cut, not rounded, what is finer, and a difference is taken between the numbers that were
 * cut. Times that tcpdump 4.99 answers with {@code [Error converting time]} (2038 and later) are printed.
 */
public final class TimeFormat {
    /** What is printed, each under tcpdump's option for it. */
    public enum Style {
        /** {@code HH:MM:SS.ffffff}: no option. */
        TIME_OF_DAY,
        /** Nothing: {@code -t}. */
        NONE,
        /** Seconds since the epoch: {@code -tt}. */
        EPOCH,
        /** A space or a minus and the time since the line before, modulo a day: {@code -ttt}. */
        SINCE_PREVIOUS,
        /** {@code YYYY-MM-DD HH:MM:SS.ffffff}: {@code -tttt}. */
        DATE_AND_TIME,
        /** A space or a minus and the time since the first line, modulo a day: {@code -ttttt}. */
        SINCE_FIRST
    }

    private static final long SECONDS_PER_DAY = 86_400;

    private final Style style;
    private final int fractionDigits;
    private final long unitsPerSecond;
    private final long nanosPerUnit;
    private final TimeZone zone;

    /** In units, 0 while there is none: tcpdump too takes a reference of exactly 0 for none. */
    private long reference;

    private final TextBuffer shownText = new TextBuffer(32);
    private boolean shownTextIsValid;
    private long shownSecond;

    /**
     * @param nano nine digits of the second instead of six
     * @param zone of the time of day; differences and seconds since the epoch do not depend on it
     */
    public TimeFormat(Style style, boolean nano, TimeZone zone) {
        this.style = style;
        this.zone = zone;
        fractionDigits = nano ? 9 : 6;
        unitsPerSecond = nano ? 1_000_000_000 : 1_000_000;
        nanosPerUnit = nano ? 1 : 1_000;
    }

    /** Appends a time, in nanoseconds since the epoch, and remembers it where the style is a difference. */
    public void append(TextBuffer out, long time) {
        long units = Math.floorDiv(time, nanosPerUnit);
        switch (style) {
            case NONE -> {
                return;
            }
            case EPOCH -> appendEpoch(out, units);
            case SINCE_PREVIOUS -> {
                appendDifference(out, units);
                reference = units;
            }
            case SINCE_FIRST -> appendDifference(out, units);
            default -> appendClock(out, units);
        }
        out.append(' ');
    }

    private void appendEpoch(TextBuffer out, long units) {
        long second = Math.floorDiv(units, unitsPerSecond);
        out.decimal(second);
        appendFraction(out, units, second);
    }

    private void appendDifference(TextBuffer out, long units) {
        if (reference == 0) {
            reference = units;
        }
        long difference = Math.abs(units - reference);
        long second = difference / unitsPerSecond;
        out.append(units < reference ? '-' : ' ');
        appendTimeOfDay(out, (int) (second % SECONDS_PER_DAY));
        appendFraction(out, difference, second);
    }

    private void appendClock(TextBuffer out, long units) {
        long second = Math.floorDiv(units, unitsPerSecond);
        if (second != shownSecond || !shownTextIsValid) {
            show(second);
        }
        shownText.copyTo(out);
        appendFraction(out, units, second);
    }

    private void appendFraction(TextBuffer out, long units, long second) {
        out.append('.').padded((int) (units - second * unitsPerSecond), fractionDigits);
    }

    private void show(long second) {
        long local = second + zone.getOffset(1_000 * second) / 1_000;
        long day = Math.floorDiv(local, SECONDS_PER_DAY);
        shownText.clear();
        if (style == Style.DATE_AND_TIME) {
            appendDate(shownText, day);
        }
        appendTimeOfDay(shownText, (int) (local - day * SECONDS_PER_DAY));
        shownSecond = second;
        shownTextIsValid = true;
    }

    private static void appendTimeOfDay(TextBuffer out, int second) {
        int minute = second / 60;
        out.padded(minute / 60, 2)
                .append(':')
                .padded(minute % 60, 2)
                .append(':')
                .padded(second % 60, 2);
    }

    /** Counts years from March, so that the leap day is the last of the year. */
    private static void appendDate(TextBuffer out, long dayOfEpoch) {
        long day = dayOfEpoch + 719_468;
        long era = Math.floorDiv(day, 146_097);
        int dayOfEra = (int) (day - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int month = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        boolean afterDecember = month >= 10;
        long year = era * 400 + yearOfEra + (afterDecember ? 1 : 0);
        out.padded((int) year, 4).append('-').padded(afterDecember ? month - 9 : month + 3, 2);
        out.append('-').padded(dayOfMonth, 2).append(' ');
    }
}
