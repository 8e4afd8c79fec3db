package tcpflowcheck.report;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import tcpflowcheck.capture.TemporaryFile;

/** What is said of frames, sorted in bounded memory: an external merge sort, whose runs lie in temporary files. */
final class SortedComments implements Closeable {
    /** Given: a verdict on a flow has rank 0. */
    record Comment(long frame, int rank, long stream, String text) {}

    private static final int MOST_HELD = 1 << 17;
    private static final Comparator<Comment> ORDER = Comparator.comparingLong(Comment::frame)
            .thenComparingInt(Comment::rank)
            .thenComparingLong(Comment::stream);

    /** The rest of a run, of which the first is at hand; the runs of one comment are in the order in which they came. */
    private static final class Run {
        private final int number;
        private final DataInputStream in;
        private final List<Comment> held;
        private int next;
        private Comment first;

        Run(int number, DataInputStream in, List<Comment> held) throws IOException {
            this.number = number;
            this.in = in;
            this.held = held;
            advance();
        }

        /** False if there is none. */
        boolean advance() throws IOException {
            first = in == null ? next < held.size() ? held.get(next++) : null : read(in);
            return first != null;
        }
    }

    private final Path folder;
    private final int most;
    private final List<Path> files = new ArrayList<>();
    private final List<DataInputStream> open = new ArrayList<>();
    private List<Comment> comments = new ArrayList<>();
    private PriorityQueue<Run> merged;

    /** @param folder of the temporary files */
    SortedComments(Path folder) {
        this(folder, MOST_HELD);
    }

    SortedComments(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    void add(Comment comment) {
        if (comments.size() == most) {
            try {
                spill();
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        }
        comments.add(comment);
    }

    private void spill() throws IOException {
        comments.sort(ORDER);
        Path file = TemporaryFile.create(folder, "tcpflow-check", ".comments");
        files.add(file);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Comment each : comments) {
                out.writeLong(each.frame);
                out.writeInt(each.rank);
                out.writeLong(each.stream);
                out.writeUTF(each.text);
            }
        }
        comments = new ArrayList<>();
    }

    private static Comment read(DataInputStream in) throws IOException {
        try {
            return new Comment(in.readLong(), in.readInt(), in.readLong(), in.readUTF());
        } catch (EOFException end) {
            return null;
        }
    }

    /** The next one, which stays; null if there is none. From now on none is added. */
    Comment peek() throws IOException {
        if (merged == null) {
            merge();
        }
        return merged.isEmpty() ? null : merged.peek().first;
    }

    /** Takes the one that {@link #peek} has shown. */
    void take() throws IOException {
        Run run = merged.poll();
        if (run.advance()) {
            merged.add(run);
        }
    }

    private void merge() throws IOException {
        merged = new PriorityQueue<>((a, b) -> {
            int order = ORDER.compare(a.first, b.first);
            return order != 0 ? order : Integer.compare(a.number, b.number);
        });
        for (Path file : files) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
            open.add(in);
            start(in, null);
        }
        comments.sort(ORDER);
        start(null, comments);
    }

    private void start(DataInputStream in, List<Comment> held) throws IOException {
        Run run = new Run(open.size() + (in == null ? 1 : 0), in, held);
        if (run.first != null) {
            merged.add(run);
        }
    }

    @Override
    public void close() throws IOException {
        for (DataInputStream in : open) {
            in.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
