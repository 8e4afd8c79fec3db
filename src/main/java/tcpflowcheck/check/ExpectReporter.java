package tcpflowcheck.check;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.ObjectReporter;

/** Holds each flow's object, as {@code --json} would print it, against what is expected of it. */
public final class ExpectReporter extends ObjectReporter {
    private static final String SUFFIX = ".expect.yaml";

    private final @Nullable String path;
    private final boolean beside;
    private final boolean writes;
    private final ExpectationWriter writer = new ExpectationWriter();
    private final List<TestCase> cases = new ArrayList<>();
    private final List<Miss> misses = new ArrayList<>();
    private final Map<String, String> outcomes = new HashMap<>();
    private final Map<String, Object> schema;
    /** Of each file of expectations its text, and what was missed of it. */
    private final Map<String, String> texts = new LinkedHashMap<>();

    private final Map<String, List<Miss>> missed = new LinkedHashMap<>();
    private @Nullable ExpectationFile file;
    private String capture;
    private boolean seenAny;
    private boolean wasExpected;
    private int sections;
    private int sectionsMissed;

    /**
     * Starts with nothing seen.
     *
     * @param path of what is expected of each capture, or null
     * @param beside whether what is expected of a capture stands in a file beside it
     * @param writes whether what was seen is to be written down
     */
    public ExpectReporter(@Nullable String path, boolean beside, boolean writes) throws IOException {
        this.path = path;
        this.beside = beside;
        this.writes = writes;
        schema = ExpectationFile.schema();
    }

    /**
     * Reads what is expected of a capture, before that is read.
     *
     * @throws ExpectationException if it can't be meant
     */
    public void expect(String name) throws IOException, ExpectationException {
        String place = path;
        if (beside) {
            place = name.replaceFirst("\\.(gz|zst|lz4|xz|bz2)$", "").replaceFirst("\\.[^./]*$", "") + SUFFIX;
            place = Files.exists(FileName.path(place)) ? place : null;
        }
        wasExpected |= place != null;
        file = null;
        if (place != null) {
            String text = Files.readString(FileName.path(place));
            texts.put(place, text);
            file = ExpectationFile.parse(place, text, schema);
        }
    }

    @Override
    public void begin(ForeignText name, CaptureNotes notes) {
        capture = name.raw();
        super.begin(name, notes);
    }

    @Override
    protected void flow(Flow flow, Map<String, Object> seen) {
        if (file != null) {
            file.flow(seen);
            file.group(flow);
        }
        if (writes) {
            writer.flow(seen);
        }
    }

    @Override
    protected void summary(Map<String, Object> seen) {
        writer.end(seen);
        seenAny = true;
        if (file == null) {
            if (beside) {
                cases.add(TestCase.skipped(capture, "no expectation beside it"));
            }
            return;
        }
        file.end(seen);
        outcomes.put(capture, outcome(file.checked()));
        for (ExpectationFile.Checked checked : file.checked()) {
            sections++;
            sectionsMissed += checked.misses().isEmpty() ? 0 : 1;
            misses.addAll(checked.misses());
            missed.computeIfAbsent(file.name(), none -> new ArrayList<>()).addAll(checked.misses());
            cases.add(TestCase.of(capture, checked));
        }
    }

    private static String outcome(List<ExpectationFile.Checked> checked) {
        long missed = checked.stream().filter(each -> !each.misses().isEmpty()).count();
        return missed == 0 ? "yes" : missed + " missed";
    }

    /** Whether something is expected of captures. */
    public boolean expects() {
        return path != null || beside;
    }

    /** Whether something was to be held against captures, and there was no expectation at all. */
    public boolean checkedNothing() {
        return expects() && !wasExpected;
    }

    /** {@code yes}, {@code 2 missed}, or {@code -} if nothing was expected of a capture. */
    public String outcome(String capture) {
        return outcomes.getOrDefault(capture, "-");
    }

    public List<Miss> misses() {
        return misses;
    }

    public List<TestCase> cases() {
        return cases;
    }

    /** Whether any capture could be opened: of none nothing is to be written down. */
    public boolean hasSeen() {
        return seenAny;
    }

    public String written() {
        return writer.text();
    }

    /** The files of expectations of which something was missed, each with what would be met as far as that can be written. */
    public Map<String, String> renewed() {
        Map<String, String> renewed = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            String met = Renewals.apply(text, missed.getOrDefault(name, List.of()));
            if (!met.equals(text)) {
                renewed.put(name, met);
            }
        });
        return renewed;
    }

    /** {@code 2 of 5 expectations missed}. */
    public String reason() {
        return sectionsMissed + " of " + sections + (sections == 1 ? " expectation" : " expectations") + " missed";
    }
}
