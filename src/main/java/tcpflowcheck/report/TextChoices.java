package tcpflowcheck.report;

import java.io.OutputStream;
import java.util.TimeZone;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.choice.SortKey;

/**
 * Given: what a text report shows and how.
 *
 * @param verbose every segment of a flow, none folded
 * @param absolute sequence and acknowledgment numbers as on the wire
 * @param time the time in front of a segment
 * @param nano nanoseconds instead of microseconds
 * @param zone of the time of day; null for the local one, which takes some milliseconds to find out
 * @param width columns of a line, 0 if it may be as long as it is
 * @param unicode whether more can be shown than ASCII
 * @param language of what is told in sentences
 * @param streams which flows are shown; the summary counts all
 * @param only which flows are shown, too; of events and segments it knows {@code findings} alone
 * @param sort what the flows of a table are sorted by, so that it is shown; or null
 * @param quiz whether ladder, story and page hide what is to be learnt, and tell it at the end
 * @param several whether more than one capture is read, so that each is named
 * @param stopwatch nanoseconds from anywhere, for the time that reading took; null keeps that out of the report
 */
public record TextChoices(
        View view,
        boolean verbose,
        boolean absolute,
        TimeFormat.Style time,
        boolean nano,
        @Nullable TimeZone zone,
        int width,
        Style style,
        boolean unicode,
        Catalogue.Language language,
        ShownStreams streams,
        FlowChoice only,
        @Nullable SortKey sort,
        boolean quiz,
        boolean several,
        @Nullable LongSupplier stopwatch) {
    private static final int NARROW = 100;

    /** What is printed of the flows; the summary is always. */
    public enum View {
        /** {@link #FLOWS} where there are few, {@link #TABLE} where there are more. */
        AUTO,
        /** Each flow when it has ended, as a line. */
        TABLE,
        /** Each flow when it has ended: the verdict, then the evidence. */
        FLOWS,
        /** Each flow when it has ended: the verdict, then its ladder. */
        LADDER,
        /** Each flow when it has ended, step by step in sentences. */
        STORY,
        /** Each event as it happens. */
        EVENTS,
        /** Each segment as it passes, and what it meant. */
        SEGMENTS,
        /** Nothing. */
        SUMMARY
    }

    /** The view of one capture's flows; null where none is shown. */
    @Nullable
    TextView newView(OutputStream out, CaptureNotes notes) {
        return switch (view) {
            case AUTO, FLOWS -> new FlowsText(this, out, notes);
            case TABLE -> new TableText(this, out);
            case LADDER -> new LadderText(this, out, notes);
            case STORY -> new StoryText(this, out);
            case EVENTS -> new EventsText(this, out);
            case SEGMENTS -> new SegmentsText(this, out);
            case SUMMARY -> null;
        };
    }

    @Override
    public TimeZone zone() {
        return zone == null ? TimeZone.getDefault() : zone;
    }

    /** The same in another view. */
    TextChoices with(View other) {
        return new TextChoices(
                other, verbose, absolute, time, nano, zone, width, style, unicode, language, streams, only, sort, quiz,
                several, stopwatch);
    }

    /** The same as plain text whose lines may be long. */
    TextChoices forPage() {
        return new TextChoices(
                View.FLOWS,
                false,
                absolute,
                time,
                nano,
                zone,
                0,
                Style.plain(),
                false,
                language,
                streams,
                only,
                null,
                quiz,
                several,
                null);
    }

    /** Whether lines are so short that what matters less in a segment is left out. */
    boolean isNarrow() {
        return width > 0 && width <= NARROW;
    }

    /** Of events and segments only those that show a finding. */
    boolean onlyFindings() {
        return only.isFindings();
    }

    TimeFormat timeFormat() {
        return new TimeFormat(time, nano, zone());
    }
}
