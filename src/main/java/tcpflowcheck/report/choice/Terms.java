package tcpflowcheck.report.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TransitionLog;

/** The words of the language: a bare one is a rule, a group or a severity, or one of a few; others are a key and values. */
final class Terms {
    private static final String DOUBT = "doubt";
    private static final String CUT = "cut";

    private static final Pattern KEYED = Pattern.compile("([a-z-]+)(<=|>=|<|>|=)(.*)");
    private static final List<String> KEYS =
            List.of("open", "close", "reset", "by", "client", "server", "host", "port");

    private final TimeZone zone;

    Terms(TimeZone zone) {
        this.zone = zone;
    }

    Term term(String word) throws ChoiceException {
        Matcher keyed = KEYED.matcher(word);
        if (!keyed.matches()) {
            return bare(word);
        }
        String key = keyed.group(1);
        String values = keyed.group(3);
        if (values.isEmpty()) {
            throw new ChoiceException(word, "a value is missing", List.of());
        }
        Measure measure = Measure.of(key);
        if (measure != null) {
            return measure.term(keyed.group(2), values, word);
        }
        if (key.equals("time")) {
            return StartTime.term(keyed.group(2), values, zone, word);
        }
        if (!KEYS.contains(key)) {
            List<String> known = new ArrayList<>(KEYS);
            known.addAll(Measure.names());
            known.add("time");
            throw new ChoiceException(key, "no such key", known);
        }
        if (!keyed.group(2).equals("=")) {
            throw new ChoiceException(word, key + " is compared with = alone", List.of());
        }
        return keyed(key, values);
    }

    private static Term bare(String word) throws ChoiceException {
        return switch (word) {
            case FlowChoice.FINDINGS ->
                flow -> !flow.connection().findings().list().isEmpty();
            case DOUBT -> flow -> isInDoubt(flow.connection());
            case CUT ->
                flow -> flow.connection().handshake().kind() == Handshake.Kind.CUT
                        || flow.connection().closing().kind() == Closing.Kind.CUT;
            default -> {
                RuleSet rules = new RuleSet();
                if (!rules.add(word)) {
                    throw new ChoiceException(word, "no such word", bareWords());
                }
                yield flow -> isFound(flow, rules);
            }
        };
    }

    private static List<String> bareWords() {
        TreeSet<String> words = new TreeSet<>(List.of(FlowChoice.FINDINGS, DOUBT, CUT));
        for (Rule rule : Rule.values()) {
            words.add(rule.slug());
            words.add(rule.group());
        }
        for (Severity severity : Severity.values()) {
            words.add(severity.toString());
        }
        for (Handshake.Kind kind : Handshake.Kind.values()) {
            words.add("open=" + kind);
        }
        for (Closing.Kind kind : Closing.Kind.values()) {
            words.add("close=" + kind);
        }
        return List.copyOf(words);
    }

    private static boolean isFound(Flow flow, RuleSet rules) {
        List<Finding> found = flow.connection().findings().list();
        for (int i = 0; i < found.size(); i++) {
            if (rules.contains(found.get(i).rule(), found.get(i).severity())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInDoubt(Connection connection) {
        TransitionLog log = connection.log();
        for (int i = 0; i < log.size(); i++) {
            if (!log.certain(i) && !log.revised(i)) {
                return true;
            }
        }
        Reset reset = connection.reset();
        return (reset != null && !reset.certain())
                || !connection.handshake().certain()
                || !connection.closing().certain();
    }

    private static Term keyed(String key, String values) throws ChoiceException {
        return switch (key) {
            case "open" -> {
                List<String> kinds = known(values, Handshake.Kind.values());
                yield flow ->
                        kinds.contains(flow.connection().handshake().kind().toString());
            }
            case "close" -> {
                List<String> kinds = known(values, Closing.Kind.values());
                yield flow -> kinds.contains(flow.connection().closing().kind().toString());
            }
            case "reset" -> {
                List<String> kinds = known(values, Reset.Kind.values());
                yield flow -> flow.connection().reset() != null
                        && kinds.contains(flow.connection().reset().kind().toString());
            }
            case "by" -> {
                List<String> sides = known(values, Side.values());
                yield flow -> sides.contains(String.valueOf(by(flow.connection())));
            }
            case "port" -> Ports.term(values);
            case "client" -> Network.term(values, true, false);
            case "server" -> Network.term(values, false, true);
            default -> Network.term(values, true, true);
        };
    }

    /** Who closed or reset it, or null. */
    private static @Nullable Side by(Connection connection) {
        Reset reset = connection.reset();
        return reset != null ? reset.by() : connection.closing().by();
    }

    private static List<String> known(String values, Object[] constants) throws ChoiceException {
        List<String> known = Arrays.stream(constants).map(Object::toString).toList();
        List<String> chosen = List.of(values.split(",", -1));
        for (String each : chosen) {
            if (!known.contains(each)) {
                throw new ChoiceException(each, "no such value", known);
            }
        }
        return chosen;
    }
}
