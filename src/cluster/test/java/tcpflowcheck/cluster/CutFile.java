package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;

/** A file cut in ranges, and all that is read of them. */
final class CutFile {
    private final JavaSparkContext context;
    private final Path path;
    private final Ranges ranges;
    private final List<Piece> pieces;

    CutFile(JavaSparkContext context, Path path, long size) throws IOException {
        this.context = context;
        this.path = path;
        ranges = new Ranges(context, size);
        pieces = ranges.of(0, new Inputs.File(path.toString(), path.toUri().toString(), Files.size(path)));
    }

    static JavaSparkContext context() {
        return new JavaSparkContext(new SparkConf()
                .setAppName("ranges")
                .setMaster("local[2]")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    List<Piece> pieces() {
        return pieces;
    }

    long walkedAgain() {
        return ranges.walkedAgain();
    }

    /** What is read of the ranges is what is read of the file. */
    CutFile holdsEachOnce() throws IOException {
        List<Object> whole =
                read(List.of(Piece.whole(0, path.toString(), path.toUri().toString())));
        assertThat(whole).hasSizeGreaterThan(100);
        assertThat(read(pieces)).isEqualTo(whole);
        return this;
    }

    CutFile isCut() {
        assertThat(pieces).hasSizeGreaterThan(2);
        return this;
    }

    /** The frames, each with what is noted on it, and "cut" or "corrupt" where it ends so. */
    private List<Object> read(List<Piece> pieces) throws IOException {
        List<Object> frames = new ArrayList<>();
        long clock = Long.MIN_VALUE;
        for (Piece piece : pieces) {
            assertThat(piece.frames()).isEqualTo(frames.size());
            assertThat(piece.clock()).isEqualTo(clock);
            Frame frame = new Frame();
            try (FrameSource source =
                    CaptureFile.read(piece.name(), Pieces.open(piece, context.hadoopConfiguration()))) {
                while (source.next(frame)) {
                    clock = Math.max(clock, frame.time());
                    List<Object> noted = new ArrayList<>(List.of(CapturedPacket.of(frame)));
                    noted.add(frame.direction());
                    noted.add(
                            frame.interfaceName() == null
                                    ? null
                                    : frame.interfaceName().raw());
                    frame.comments().forEach(comment -> noted.add(comment.raw()));
                    frames.add(noted);
                }
            } catch (CaptureException wrong) {
                assertThat(piece.to()).isEqualTo(Piece.TO_THE_END);
                frames.add(wrong.cut() ? "cut" : "corrupt");
            }
        }
        return frames;
    }
}
