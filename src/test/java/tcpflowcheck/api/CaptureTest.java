package tcpflowcheck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static tcpflowcheck.api.FlowAssertions.assertThat;
import static tcpflowcheck.api.Opening.THREE_WAY;
import static tcpflowcheck.api.Side.CLIENT;
import static tcpflowcheck.api.Side.SERVER;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A capture for the length of a test method, of real connections over loopback. */
class CaptureTest {
    private static final String INNER = "tcpflowcheck.inner";

    /** Milliseconds; sooner the FIN would be the ACK, too, and the close one of three segments. */
    private static final long LONGER_THAN_A_DELAYED_ACK = 200;

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** One request and one answer; this end closes first. */
    private static int talk(Side closesFirst) throws IOException, InterruptedException {
        try (ServerSocket listening = new ServerSocket(0, 1, LOOPBACK)) {
            Socket client = new Socket(LOOPBACK, listening.getLocalPort());
            Socket server = listening.accept();
            client.getOutputStream().write("ask".getBytes(StandardCharsets.UTF_8));
            server.getInputStream().readNBytes(3);
            server.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
            client.getInputStream().readNBytes(6);
            Socket first = closesFirst == CLIENT ? client : server;
            Socket second = closesFirst == CLIENT ? server : client;
            first.close();
            assertThat(second.getInputStream().read()).isEqualTo(-1);
            Thread.sleep(LONGER_THAN_A_DELAYED_ACK);
            second.close();
            return listening.getLocalPort();
        }
    }

    @Test
    @Capture(value = "lo", filter = "tcp", unavailable = Capture.Unavailable.SKIP)
    void whatTheTestDidIsCaptured(LiveCapture capture) throws Exception {
        int port = talk(SERVER);
        CapturedFlows flows = capture.stop();
        assertThat(flows.toPort(port).onlyFlow())
                .opened(THREE_WAY)
                .closedBy(SERVER)
                .closed(Closing.FOUR_SEGMENT)
                .noReset()
                .state(SERVER, State.TIME_WAIT)
                .noFinding(Rule.RETRANSMISSION, Rule.RESET);
        assertThat(flows.toPort(port).onlyFlow().octets(SERVER)).isEqualTo(6);
        assertThat(flows.name()).isEqualTo("lo");
        assertThat(flows.dropped()).isZero();
        assertThat(capture.stop() == flows).isTrue();
    }

    @Test
    @Capture(value = "lo", unavailable = Capture.Unavailable.SKIP)
    void aCaptureCanBeLookedAtWhileItRuns(LiveCapture capture) throws Exception {
        int port = talk(CLIENT);
        CapturedFlows flows =
                capture.await(seen -> seen.toPort(port).count(Closing.FOUR_SEGMENT) == 1, Duration.ofSeconds(10));
        assertThat(flows.toPort(port).onlyFlow()).closedBy(CLIENT);
        int refused = refused();
        capture.await(seen -> seen.toPort(refused).count(Opening.REFUSED) == 1, Duration.ofSeconds(10));
        assertThatThrownBy(() -> capture.await(seen -> seen.size() < 0, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("\nlo: the capture: flows\n  - what the test awaits within 1 ms\n  + ")
                .hasMessageContaining(": stream 0 (127.0.0.1:");
    }

    private static int refused() throws IOException {
        ServerSocket closed = new ServerSocket(0, 1, LOOPBACK);
        closed.close();
        assertThatThrownBy(() -> new Socket(LOOPBACK, closed.getLocalPort()).close())
                .isInstanceOf(ConnectException.class);
        return closed.getLocalPort();
    }

    @Test
    @Capture(value = "lo", namespace = "/proc/self/ns/net", unavailable = Capture.Unavailable.SKIP)
    void aNamespaceIsEntered(LiveCapture capture) throws Exception {
        int port = talk(CLIENT);
        assertThat(capture.stop().toPort(port)).hasFlows(1);
    }

    @Nested
    @Capture(value = "lo", unavailable = Capture.Unavailable.SKIP)
    class OnAClass {
        @Test
        void eachMethodHasItsOwn(LiveCapture capture) {
            assertThat(capture.seen().name()).isEqualTo("lo");
        }

        @Nested
        class AndThoseInIt {
            @Test
            void haveOneToo(LiveCapture capture) {
                assertThat(capture.seen().name()).isEqualTo("lo");
            }
        }
    }

    /** Given: what the methods of a class came to: {@code name: SUCCESSFUL}, and why not. */
    private static List<String> run(Class<?> tests) {
        List<String> outcomes = new ArrayList<>();
        System.setProperty(INNER, "true");
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(tests))
                                    .build(),
                            new TestExecutionListener() {
                                @Override
                                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                    if (test.isTest()) {
                                        outcomes.add(test.getDisplayName() + ": " + result.getStatus()
                                                + result.getThrowable()
                                                        .map(why -> ": " + why.getMessage())
                                                        .orElse(""));
                                    }
                                }
                            });
        } finally {
            System.clearProperty(INNER);
        }
        return outcomes;
    }

    /** Not of this run: {@link #run} runs it. */
    @EnabledIfSystemProperty(named = INNER, matches = "true")
    static class WhereNothingCanBeCaptured {
        @Test
        @Capture("nosuch0")
        void fails(LiveCapture capture) {}

        @Test
        @Capture(value = "nosuch0", unavailable = Capture.Unavailable.SKIP)
        void isSkipped(LiveCapture capture) {}

        @Test
        @Capture(value = "lo", namespace = "nosuch")
        void hasNoNamespace(LiveCapture capture) {}
    }

    @Test
    @Capture(value = "lo", unavailable = Capture.Unavailable.SKIP)
    void whereNothingCanBeCapturedIsSaid() {
        List<String> outcomes = run(WhereNothingCanBeCaptured.class);
        assertThat(outcomes)
                .hasSize(3)
                .anySatisfy(each -> assertThat(each)
                        .startsWith("fails(LiveCapture): FAILED: nosuch0: no such interface; there are "));
        assertThat(outcomes)
                .anySatisfy(
                        each -> assertThat(each)
                                .startsWith(
                                        "isSkipped(LiveCapture): ABORTED: SKIPPED, NOTHING WAS TESTED: nosuch0: no such interf"));
        assertThat(outcomes)
                .contains("hasNoNamespace(LiveCapture): FAILED: network namespace nosuch: there is none of this name");
    }

    /** Not of this run: {@link #run} runs it. */
    @EnabledIfSystemProperty(named = INNER, matches = "true")
    static class Kept {
        static final String FOLDER = "target/test-captures";

        @Test
        @Capture(value = "lo", keep = FOLDER, filter = "tcp")
        void missesSomething(LiveCapture capture) throws Exception {
            int port = talk(CLIENT);
            assertThat(capture.stop().toPort(port).onlyFlow()).closedBy(SERVER);
        }
    }

    @Test
    @Capture(value = "lo", unavailable = Capture.Unavailable.SKIP)
    void aKeptCaptureIsNamedInAMiss() {
        Path kept = Path.of(Kept.FOLDER, "Kept.missesSomething.pcap");
        assertThat(run(Kept.class))
                .singleElement()
                .asString()
                .matches(
                        "(?s)missesSomething\\(LiveCapture\\): FAILED: \n" + kept
                                + ": stream \\d+ \\(127.0.0.1:\\d+ > 127.0.0.1:\\d+\\): close.by\n  - server\n  \\+ client    \\(frame \\d+\\)\n");
        assertThat(Captures.read(kept).size()).isPositive();
        assertThat(Files.exists(kept)).isTrue();
    }

    /** Not of this run: {@link #run} runs it. */
    @EnabledIfSystemProperty(named = INNER, matches = "true")
    static class TooEarly {
        @RegisterExtension
        static final CaptureExtension EXTENSION = new CaptureExtension();

        @BeforeEach
        void asks(LiveCapture capture) {}

        @Test
        @Capture("lo")
        void isNotReached() {}
    }

    @Test
    void beforeTheMethodThereIsNone() {
        assertThat(run(TooEarly.class))
                .singleElement()
                .asString()
                .contains("a LiveCapture is there for the test method alone");
    }
}
