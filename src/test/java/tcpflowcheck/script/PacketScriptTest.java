package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.ConnectionInvariants;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.Timing;

/** Every script, put on the wire in every way. */
@Execution(ExecutionMode.CONCURRENT)
class PacketScriptTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");
    private static final Path PAGE = Path.of("src/site/markdown/scripts.md");

    static List<PacketScript> scripts() {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            List<PacketScript> scripts = new ArrayList<>(files.filter(Files::isRegularFile)
                    .sorted()
                    .map(PacketScriptTest::read)
                    .toList());
            scripts.addAll(examples());
            return scripts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page's own. */
    private static List<PacketScript> examples() throws IOException {
        List<PacketScript> examples = new ArrayList<>();
        List<String> example = null;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.equals("```script")) {
                example = new ArrayList<>();
            } else if (line.startsWith("```") && example != null) {
                examples.add(PacketScript.parse(PAGE.getFileName() + ", example " + (examples.size() + 1), example));
                example = null;
            } else if (example != null) {
                example.add(line);
            }
        }
        assertThat(examples).hasSizeGreaterThan(1);
        return examples;
    }

    private static PacketScript read(Path file) {
        try {
            return PacketScript.parse(SCRIPTS.relativize(file).toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> named() {
        return scripts().stream()
                .map(script -> org.junit.jupiter.params.provider.Arguments.of(
                        org.junit.jupiter.api.Named.of(script.name(), script)));
    }

    @ParameterizedTest
    @MethodSource("named")
    void holdsInEveryVariant(PacketScript script) {
        for (ScriptVariant variant : ScriptVariant.all(script.mayBeSwapped())) {
            ScriptRun run = new ScriptRun(script, variant).run();
            String where = script.name() + " (" + variant.name() + ")";
            for (int i = 0; i < run.happened().size(); i++) {
                boolean written = i < script.lines().size();
                List<String> expected = written ? run.script().lines().get(i).expected() : List.of();
                String line = written ? "line " + script.lines().get(i).number() : "the end";
                assertThat(sorted(run.happened().get(i), variant))
                        .as("%s, %s", where, line)
                        .isEqualTo(sorted(expected, variant));
            }
            for (Flow flow : run.flows()) {
                ConnectionInvariants.checkEnded(flow.connection());
            }
            for (PacketScript.Statement statement : run.script().statements()) {
                hold(run, statement, where + ", line " + statement.number());
            }
        }
    }

    /** Where each segment is captured twice, each is found to be. */
    private static List<String> sorted(List<String> words, ScriptVariant variant) {
        return words.stream()
                .filter(word -> variant.copies() == 1 || !word.equals("! duplicate-frame"))
                .sorted()
                .toList();
    }

    private int subject = -1;

    private void hold(ScriptRun run, PacketScript.Statement statement, String where) {
        List<String> words = statement.words();
        String rest = String.join(" ", words.subList(1, words.size()));
        List<Flow> flows = run.flows();
        if (words.get(0).equals("flow")) {
            subject = Integer.parseInt(rest);
            return;
        }
        Flow flow = flows.get(subject < 0 ? flows.size() - 1 : subject);
        Connection connection = flow.connection();
        switch (words.get(0)) {
            case "flows" -> assertThat(flows).as(where).hasSize(Integer.parseInt(rest));
            case "open" -> assertThat(connection.handshake().kind()).as(where).hasToString(rest);
            case "close" -> assertThat(close(connection)).as(where).isEqualTo(rest);
            case "reset" -> assertThat(reset(connection)).as(where).isEqualTo(rest);
            case "client" -> assertThat(path(connection, Side.CLIENT)).as(where).isEqualTo(rest);
            case "server" -> assertThat(path(connection, Side.SERVER)).as(where).isEqualTo(rest);
            case "missed" ->
                assertThat(connection.client().missedOctets() + " "
                                + connection.server().missedOctets())
                        .as(where)
                        .isEqualTo(rest);
            case "unique" ->
                assertThat(connection.measures(side(words.get(1))).uniqueOctets())
                        .as(where)
                        .isEqualTo(Long.parseLong(words.get(2)));
            case "again" ->
                assertThat(connection.measures(side(words.get(1))).retransmittedOctets())
                        .as(where)
                        .isEqualTo(Long.parseLong(words.get(2)));
            case "timing" ->
                assertThat(nanos(connection.timing(), words.get(1)))
                        .as("%s: %s", where, words.get(1))
                        .isEqualTo(
                                words.get(2).equals("none")
                                        ? -1
                                        : new BigDecimal(words.get(2))
                                                .movePointRight(9)
                                                .longValueExact());
            case "roles" -> assertThat(flow.roles()).as(where).hasToString(rest);
            case "uncertain" -> assertThat(uncertain(connection)).as(where).isEqualTo(rest);
            case "certain" -> assertThat(isCertain(connection, rest)).as(where).isTrue();
            case "doubt" -> {
                for (String kind : rest.split(" ")) {
                    assertThat(isCertain(connection, kind))
                            .as("%s: %s", where, kind)
                            .isFalse();
                }
            }
            case "states" -> {
                assertThat(rest).as(where).isEqualTo("none");
                assertThat(path(connection, Side.CLIENT) + path(connection, Side.SERVER))
                        .as(where)
                        .isEmpty();
            }
            default -> throw new IllegalArgumentException(where + ": no such statement: " + words);
        }
    }

    private static long nanos(Timing timing, String name) {
        return switch (name) {
            case "connect" -> timing.connectNanos();
            case "request" -> timing.requestNanos();
            case "first-octet" -> timing.firstOctetNanos();
            case "transfer" -> timing.transferNanos();
            case "close" -> timing.closeNanos();
            case "silence" -> timing.longestSilenceNanos();
            default -> throw new IllegalArgumentException("no such time: " + name);
        };
    }

    private static Side side(String name) {
        return name.equals("client") ? Side.CLIENT : Side.SERVER;
    }

    private static String close(Connection connection) {
        Side by = connection.closing().by();
        return connection.closing().kind() + (by == null ? "" : " by " + by);
    }

    private static String reset(Connection connection) {
        Reset reset = connection.reset();
        return reset == null ? "none" : reset.kind() + " by " + reset.by() + " in " + reset.state();
    }

    private static boolean isCertain(Connection connection, String verdict) {
        return switch (verdict) {
            case "open" -> connection.handshake().certain();
            case "close" -> connection.closing().certain();
            case "reset" -> connection.reset().certain();
            default -> throw new IllegalArgumentException("no such verdict: " + verdict);
        };
    }

    private static String path(Connection connection, Side side) {
        Endpoint end = connection.endpoint(side);
        StringBuilder path =
                new StringBuilder(end.initial() == null ? "" : end.initial().toString());
        for (int i = 0; i < connection.log().size(); i++) {
            if (connection.log().side(i) == side && !connection.log().revised(i)) {
                path.append(' ').append(connection.log().arrow(i).to());
            }
        }
        return path.toString();
    }

    private static String uncertain(Connection connection) {
        List<String> transitions = new ArrayList<>();
        for (int i = 0; i < connection.log().size(); i++) {
            if (!connection.log().certain(i) && !connection.log().revised(i)) {
                transitions.add(connection.log().side(i) + " "
                        + connection.log().arrow(i).to());
            }
        }
        return transitions.isEmpty() ? "none" : String.join(" ", transitions);
    }

    @Test
    void everyArrowIsWalked() {
        Set<StateDiagram.Arrow> walked = new HashSet<>();
        for (PacketScript script : scripts()) {
            for (TcpEvent event :
                    new ScriptRun(script, ScriptVariant.plain()).run().events()) {
                if (event instanceof TcpEvent.Transition transition) {
                    walked.add(transition.arrow());
                }
            }
        }
        assertThat(walked).containsExactlyInAnyOrderElementsOf(StateDiagram.rows());
    }

    @Test
    void everyRuleIsFired() {
        Set<Rule> fired = new HashSet<>();
        for (PacketScript script : scripts()) {
            for (TcpEvent event :
                    new ScriptRun(script, ScriptVariant.plain()).run().events()) {
                if (event instanceof TcpEvent.Found found) {
                    fired.add(found.rule());
                }
            }
        }
        List<Method> beside = new ArrayList<>(List.of(BesideScriptsTest.class.getDeclaredMethods()));
        beside.addAll(List.of(OtherAddressTest.class.getDeclaredMethods()));
        for (Method method : beside) {
            if (method.isAnnotationPresent(Test.class) && method.isAnnotationPresent(Fires.class)) {
                for (Rule rule : method.getAnnotation(Fires.class).value()) {
                    assertThat(fired.add(rule))
                            .as("%s is fired by a script, too", rule)
                            .isTrue();
                }
            }
        }
        assertThat(fired)
                .as("rules that a script in %s fires, or a test with @Fires", SCRIPTS)
                .containsExactlyInAnyOrder(Rule.values());
    }
}
