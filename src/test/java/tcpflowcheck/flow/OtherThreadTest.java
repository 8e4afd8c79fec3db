package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OtherThreadTest {
    @Test
    void worksInOrderBesideWhoeverGives() {
        List<String> done = new ArrayList<>();
        try (OtherThread other = new OtherThread("other")) {
            CountDownLatch given = new CountDownLatch(1);
            other.give(() -> {
                await(given);
                done.add(Thread.currentThread().getName());
            });
            other.give(() -> done.add("second"));
            given.countDown(); // whoever works before this returns would wait for ever
            other.await();
            other.await();
        }
        assertThat(done).containsExactly("other", "second");
    }

    @Test
    void whatItThrowsIsThrownToWhoeverWaits() {
        UncheckedIOException lost = new UncheckedIOException(new IOException("lost"));
        try (OtherThread other = new OtherThread("other")) {
            other.give(() -> {
                throw lost;
            });
            other.give(() -> {
                throw new StackOverflowError();
            });
            assertThatThrownBy(other::await).isSameAs(lost);
            assertThatThrownBy(other::await).isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void closesWhenWhatHasBegunIsDone() throws InterruptedException {
        List<String> done = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (OtherThread other = new OtherThread("other")) {
            other.give(() -> {
                begun.countDown();
                pause();
                done.add("begun");
            });
            other.give(() -> done.add("not begun"));
            begun.await();
        }
        assertThat(done).containsExactly("begun");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
