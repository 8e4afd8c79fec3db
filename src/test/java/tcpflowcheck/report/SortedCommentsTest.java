package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.report.SortedComments.Comment;

class SortedCommentsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0,10", "9,10", "10,10", "11,10", "1000,7", "1000,1", "1000,5000"})
    void givesThemInOrderWhereverTheyWereHeld(int count, int most) throws Exception {
        Random random = new Random(count);
        List<Comment> all = new ArrayList<>();
        List<Comment> given = new ArrayList<>();
        try (SortedComments comments = new SortedComments(folder, most)) {
            for (int i = 0; i < count; i++) {
                Comment comment = new Comment(random.nextInt(50), random.nextInt(2), random.nextInt(5), "text " + i);
                all.add(comment);
                comments.add(comment);
            }
            for (Comment next = comments.peek(); next != null; next = comments.peek()) {
                given.add(next);
                comments.take();
            }
        }
        all.sort(Comparator.comparingLong(Comment::frame)
                .thenComparingInt(Comment::rank)
                .thenComparingLong(Comment::stream));
        assertThat(given).isEqualTo(all);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
