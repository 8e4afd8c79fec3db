package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random conversations, the same in each run; {@link FuzzTests} looks for others. */
@Execution(ExecutionMode.CONCURRENT)
class ConversationsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whateverIsSaidTheInvariantsHold(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            byte[] capture = Conversations.capture(random::nextInt, 60);
            Road road = Road.of(capture, 0, capture.length);
            assertThat(road.failure).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theFutureChangesNoEvent(int seed) {
        Random random = new Random(100 + seed);
        for (int i = 0; i < 200; i++) {
            byte[] capture = Conversations.capture(random::nextInt, 40);
            List<String> all = Road.events(capture, Long.MAX_VALUE).events;
            for (long frames = 1; frames < 60; frames++) {
                List<String> first = Road.events(capture, frames).events;
                assertThat(all.subList(0, first.size())).isEqualTo(first);
            }
        }
    }
}
