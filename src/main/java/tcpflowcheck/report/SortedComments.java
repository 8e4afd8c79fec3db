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
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.TemporaryFile;

/** What is said of frames, sorted in bounded memory: an external merge sort, whose runs lie in temporary files. */
final class SortedComments implements Closeable {
    /** Given: a verdict on a flow has rank 0. */
    record Comment(long frame, int rank, long stream, String text) {}

    private static final int MOST_HELD = 1 << 17;
    private static final Comparator<Comment> ORDER = Comparator.comparingLong(Comment::frame)
            .thenComparingInt(Comment::rank)
            .thenComparingLong(Comment::stream);

    /** The rest of a run; the runs of one comment are in the order in which they came. */
    private static final class Run {
        private final int number;
        private final @Nullable DataInputStream in;
        private final Iterator<Comment> held;

        /** One that is read. */
        Run(int number, DataInputStream in) {
            this.number = number;
            this.in = in;
            held = Collections.emptyIterator();
        }

        /** One in memory. */
        Run(int number, List<Comment> held) {
            this.number = number;
            in = null;
            this.held = held.iterator();
        }

        /** The next one, which is taken out; null if there is none. */
        @Nullable
        Comment next() throws IOException {
            if (in != null) {
                return read(in);
            }
            return held.hasNext() ? held.next() : null;
        }
    }

    /** Given: the first of a run, and the rest. */
    private record Head(Comment first, Run rest) {}

    private final Path folder;
    private final int most;
    private final List<Path> files = new ArrayList<>();
    private final List<DataInputStream> open = new ArrayList<>();
    private List<Comment> comments = new ArrayList<>();
    private final PriorityQueue<Head> merged = new PriorityQueue<>((a, b) -> {
        int order = ORDER.compare(a.first, b.first);
        return order != 0 ? order : Integer.compare(a.rest.number, b.rest.number);
    });
    private boolean merging;

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

    private static @Nullable Comment read(DataInputStream in) throws IOException {
        try {
            return new Comment(in.readLong(), in.readInt(), in.readLong(), in.readUTF());
        } catch (EOFException end) {
            return null;
        }
    }

    /** The next one, which stays; null if there is none. From now on none is added. */
    @Nullable
    Comment peek() throws IOException {
        if (!merging) {
            merging = true;
            merge();
        }
        Head head = merged.peek();
        return head == null ? null : head.first;
    }

    /** Takes the one that {@link #peek} has shown. */
    void take() throws IOException {
        add(merged.remove().rest);
    }

    private void merge() throws IOException {
        for (Path file : files) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
            open.add(in);
            add(new Run(open.size(), in));
        }
        comments.sort(ORDER);
        add(new Run(open.size() + 1, comments));
    }

    private void add(Run run) throws IOException {
        Comment first = run.next();
        if (first != null) {
            merged.add(new Head(first, run));
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
