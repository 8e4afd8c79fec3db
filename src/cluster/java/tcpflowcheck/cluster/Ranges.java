package tcpflowcheck.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Cuts a file of pcap or pcapng in ranges that tasks read side by side. Each range guesses where its first record begins,
 * which the payload may mislead; so the chain of records is proven from the first octet on, and where a guess is not in it,
 * the range is walked again from where its first record is. A file that describes, in its middle, how the rest of it is
 * read is not cut.
 */
final class Ranges {
    private final JavaSparkContext context;
    private final Broadcast<SerializableConfiguration> configuration;
    private final long size;
    private long walkedAgain;

    /** @param size octets of a range */
    Ranges(JavaSparkContext context, long size) {
        this.context = context;
        this.size = size;
        configuration = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    }

    /** The pieces of a file; it alone if it is small, or can't be cut. */
    List<Piece> of(int number, Inputs.File file) throws IOException {
        RangeFormat format = file.octets() > size ? RangeFormat.of(file, context.hadoopConfiguration()) : null;
        if (format == null) {
            return List.of(Piece.whole(number, file.name(), file.path()));
        }
        List<Long> starts = new ArrayList<>();
        for (long at = 0; at < format.size(); at += size) {
            starts.add(at);
        }
        long length = size;
        Broadcast<SerializableConfiguration> ours = configuration;
        List<Walked> guessed = context.parallelize(starts, starts.size())
                .map(from -> new RangeWalk(format, ours.value().value()).guess(from, from + length))
                .collect();
        return proven(number, file, format, guessed);
    }

    /** Ranges whose guess was wrong. */
    long walkedAgain() {
        return walkedAgain;
    }

    private List<Piece> proven(int number, Inputs.File file, RangeFormat format, List<Walked> guessed) {
        List<Piece> pieces = new ArrayList<>();
        long at = format.first();
        long frames = 0;
        long clock = Long.MIN_VALUE;
        int next = 0;
        while (next < guessed.size() && at < format.size()) {
            if (at >= (next + 1) * size) {
                next++; // a record lies over the whole range
                continue;
            }
            List<Walked> walked =
                    guessed.get(next).start() == at ? List.of(guessed.get(next)) : again(format, at, next, guessed);
            for (Walked range : walked) {
                if (range.describes()) {
                    return List.of(Piece.whole(number, file.name(), file.path()));
                }
                long from = pieces.isEmpty() ? 0 : at;
                byte[] head = pieces.isEmpty() ? new byte[0] : format.head();
                long to = range.breaks() ? Piece.TO_THE_END : range.end();
                if (to > at) {
                    pieces.add(new Piece(number, file.name(), file.path(), head, from, to, frames, clock));
                }
                if (range.breaks()) {
                    return pieces;
                }
                at = range.end();
                frames += range.frames();
                clock = Math.max(clock, range.clock());
                next++;
            }
        }
        return pieces;
    }

    /** Walks ranges from a place that is proven until a guess is right, or there are none. */
    private List<Walked> again(RangeFormat format, long start, int first, List<Walked> guessed) {
        long length = size;
        Broadcast<SerializableConfiguration> ours = configuration;
        List<Long> guesses = new ArrayList<>();
        guessed.forEach(range -> guesses.add(range.start()));
        List<Walked> walked = context.parallelize(List.of(start), 1)
                .flatMap(from -> {
                    RangeWalk walk = new RangeWalk(format, ours.value().value());
                    List<Walked> all = new ArrayList<>();
                    long at = from;
                    for (int i = first; i < guesses.size() && at < format.size(); i++) {
                        if (i > first && guesses.get(i) == at) {
                            break;
                        }
                        Walked range = walk.walk(at, (i + 1) * length);
                        all.add(range);
                        if (range.breaks() || range.describes()) {
                            break;
                        }
                        at = range.end();
                    }
                    return all.iterator();
                })
                .collect();
        walkedAgain += walked.size();
        return walked;
    }
}
