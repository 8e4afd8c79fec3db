package tcpflowcheck.cluster;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.report.NearestSlugs;
import tcpflowcheck.report.choice.ChoiceException;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.RuleSet;

/** The words of the command line: those of tcpflow-check that mean something here, and those of the job. */
final class JobOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String USAGE = """
            usage: spark-submit --class tcpflowcheck.cluster.Job tcpflow-check-cluster.jar --out DIR [OPTIONS] FILE...

              FILE...                 captures, folders of them, or patterns such as s3a://taps/2026-11-2[67]/*.pcap.gz
              --files LIST            a text file that names one FILE a line
              --out DIR               a folder that is not there yet: gets flows, files, summary.json; groups with --by
              --format FORMAT         parquet (the default) or ndjson
              --buckets N             tasks that track flows (one for each 64 MiB of captures, 8 at least)
              --split SIZE            files of pcap and pcapng above this are read by several tasks (512m)
              --overwrite             DIR may be there, and is replaced

            as tcpflow-check has them: -f EXPR, --only EXPR, --from TIME, --to TIME, --utc, --by KEY[,KEY], --ignore RULE,...
              --msl S, --syn-timeout S, --idle-timeout S, --max-flows N, --no-tunnels,
              --syn-flood-rate N, --syn-flood-share PERCENT, --scan-size N
            """;

    private static final Set<String> VALUES = Set.of(
            "--files",
            "--out",
            "--format",
            "--buckets",
            "--split",
            "--filter",
            "--only",
            "--from",
            "--to",
            "--by",
            "--ignore",
            "--msl",
            "--syn-timeout",
            "--idle-timeout",
            "--max-flows",
            "--syn-flood-rate",
            "--syn-flood-share",
            "--scan-size");

    private static final Set<String> FLAGS =
            Set.of("--no-tunnels", "--utc", "--overwrite", "--merge", "--json", "--help");

    /** Options of tcpflow-check that a job can't heed, and why. */
    private static final String NOT_HERE =
            " means nothing here: the job tells all flows in files, which SQL sorts and searches (see cluster.md)";

    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(100L * 365 * 24 * 3600);
    private static final long SECOND = 1_000_000_000L;

    private final TreeMap<String, String> values = new TreeMap<>();
    /** What {@link #check} has read: counts, octets, nanoseconds. */
    private final TreeMap<String, Long> numbers = new TreeMap<>();

    private final ArrayList<String> files = new ArrayList<>();

    JobOptions(String... words) throws UsageException {
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (!word.startsWith("-") || word.equals("-")) {
                files.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            option = option.equals("-f") ? "--filter" : option.equals("-h") ? "--help" : option;
            if (FLAGS.contains(option) && equals < 0) {
                values.put(option, "");
            } else if (VALUES.contains(option)) {
                if (equals < 0 && i + 1 == words.length) {
                    throw new UsageException(option + " wants a value");
                }
                values.put(option, equals < 0 ? words[++i] : word.substring(equals + 1));
            } else {
                throw unknown(option);
            }
        }
        check();
    }

    private static UsageException unknown(String option) {
        List<String> all = new ArrayList<>(VALUES);
        all.addAll(FLAGS);
        List<String> near = NearestSlugs.among(all, option);
        return new UsageException(option + NOT_HERE + (near.isEmpty() ? "" : "; perhaps: " + String.join(", ", near)));
    }

    private void check() throws UsageException {
        if (has("--help")) {
            return;
        }
        if (out() == null) {
            throw new UsageException("--out DIR is missing: a folder for what the job tells");
        }
        if (files.isEmpty() && fileList() == null) {
            throw new UsageException("no capture is named");
        }
        if (files.contains("-")) {
            throw new UsageException("standard input is on one machine alone: name a file");
        }
        if (!List.of("parquet", "ndjson").contains(format())) {
            throw new UsageException("--format: expected parquet or ndjson, not '" + format() + "'");
        }
        for (String whole :
                List.of("--buckets", "--max-flows", "--syn-flood-rate", "--syn-flood-share", "--scan-size")) {
            count(whole);
        }
        if (number("--syn-flood-share", 1) > 100) {
            throw new UsageException("--syn-flood-share: expected at most 100 percent");
        }
        octets("--split");
        for (String time : List.of("--msl", "--syn-timeout", "--idle-timeout")) {
            nanos(time);
        }
        checkChoice();
    }

    private void checkChoice() throws UsageException {
        try {
            FlowChoice only = only() == null ? FlowChoice.ALL : FlowChoice.of(only(), zone());
            only.during(from(), to(), zone());
        } catch (ChoiceException wrong) {
            String option = only() == null ? "--from or --to" : "--only '" + only() + "', --from or --to";
            throw new UsageException(option + ": '" + wrong.word() + "': " + wrong.getMessage());
        }
        RuleSet rules = new RuleSet();
        for (String word : ignored()) {
            if (!rules.add(word)) {
                throw new UsageException("--ignore: no rule, group or severity is named '" + word + "'");
            }
        }
        List<String> all =
                Arrays.stream(GroupKey.values()).map(GroupKey::toString).toList();
        for (String word : list("--by")) {
            if (!all.contains(word)) {
                throw new UsageException("--by: expected one of " + String.join(", ", all) + ", not '" + word + "'");
            }
        }
        if (list("--by").size() > 2) {
            throw new UsageException("--by: expected one key or two");
        }
    }

    private void count(String option) throws UsageException {
        String value = values.get(option);
        if (value == null) {
            return;
        }
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new UsageException(option + ": expected a whole number from 1 to 999999999, not '" + value + "'");
        }
        numbers.put(option, Long.parseLong(value));
    }

    private void octets(String option) throws UsageException {
        String value = values.get(option);
        if (value == null) {
            return;
        }
        if (!value.matches("[1-9]\\d{0,8}[kmgt]?")) {
            throw new UsageException(option + ": expected octets such as 64m or 2g, not '" + value + "'");
        }
        int unit = 10 * (1 + "kmgt".indexOf(value.charAt(value.length() - 1)));
        long number = Long.parseLong(unit == 0 ? value : value.substring(0, value.length() - 1));
        numbers.put(option, number > Long.MAX_VALUE >> unit ? Long.MAX_VALUE : number << unit);
    }

    private void nanos(String option) throws UsageException {
        String value = values.get(option);
        if (value == null) {
            return;
        }
        try {
            BigDecimal seconds = new BigDecimal(value);
            if (seconds.compareTo(MOST_SECONDS) <= 0
                    && seconds.movePointRight(9).longValue() > 0) {
                numbers.put(option, seconds.movePointRight(9).longValue());
                return;
            }
        } catch (NumberFormatException notANumber) {
            // the same answer as out of range
        }
        throw new UsageException(option + ": expected seconds above 0, such as 60 or 0.5, not '" + value + "'");
    }

    private long number(String option, long otherwise) {
        return numbers.getOrDefault(option, otherwise);
    }

    private List<String> list(String option) {
        String value = values.get(option);
        return value == null ? List.of() : List.of(value.split(","));
    }

    private boolean has(String option) {
        return values.containsKey(option);
    }

    boolean help() {
        return has("--help");
    }

    /** As the user gave them. */
    List<String> files() {
        return files;
    }

    /** A file that names more, or null. */
    String fileList() {
        return values.get("--files");
    }

    String out() {
        return values.get("--out");
    }

    String format() {
        return values.getOrDefault("--format", "parquet");
    }

    boolean overwrite() {
        return has("--overwrite");
    }

    /** How many tasks track flows; 0 if that is not said. */
    int buckets() {
        return (int) number("--buckets", 0);
    }

    /** Octets of a file above which it is split. */
    long split() {
        return number("--split", 512L << 20);
    }

    /** A pcap-filter expression, or null. */
    String filter() {
        return values.get("--filter");
    }

    String only() {
        return values.get("--only");
    }

    String from() {
        return values.get("--from");
    }

    String to() {
        return values.get("--to");
    }

    TimeZone zone() {
        return has("--utc") ? TimeZone.getTimeZone("UTC") : TimeZone.getDefault();
    }

    List<GroupKey> by() {
        return list("--by").stream()
                .map(word -> GroupKey.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList();
    }

    List<String> ignored() {
        return list("--ignore");
    }

    boolean tunnels() {
        return !has("--no-tunnels");
    }

    FlowLimits limits() {
        return FlowLimits.of(
                number("--msl", 60 * SECOND),
                number("--syn-timeout", 75 * SECOND),
                number("--idle-timeout", FlowLimits.NEVER),
                (int) number("--max-flows", 2_000_000));
    }

    CrowdLimits crowd() {
        CrowdLimits usual = CrowdLimits.DEFAULT;
        return new CrowdLimits(
                number("--syn-flood-rate", usual.floodRate()),
                number("--syn-flood-share", usual.floodShare()),
                number("--scan-size", usual.scanPorts()),
                number("--scan-size", usual.scanHosts()));
    }
}
