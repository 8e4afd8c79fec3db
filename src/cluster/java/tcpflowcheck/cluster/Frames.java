package tcpflowcheck.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;

/** The frames of all pieces on their way: dealt, put together where they are fragments, and tracked. */
final class Frames {
    private final JavaSparkContext context;
    private final Settings settings;
    private final List<Account> accounts = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final JavaRDD<Told> told;

    Frames(JavaSparkContext context, Settings settings, List<Piece> pieces) {
        this.context = context;
        this.settings = settings;
        JavaPairRDD<BlockKey, byte[]> dealt = dealt(pieces);
        last(dealt).forEach(octets -> accounts.add(Packed.read(octets, Account.class)));
        accounts.sort(Comparator.comparing((Account account) -> account.piece().file())
                .thenComparing(account -> account.piece().from()));
        JavaPairRDD<BlockKey, byte[]> whole = accounts.stream().anyMatch(Account::fragments) ? whole(dealt) : null;
        if (whole != null) {
            last(whole).forEach(octets -> parts.add(Packed.read(octets, Part.class)));
        }
        told = tracked(dealt, whole);
    }

    /** In the order of files. */
    List<Account> accounts() {
        return accounts;
    }

    /** What was counted of fragments. */
    List<Part> parts() {
        return parts;
    }

    /** What buckets tell, each bucket in its partition. */
    JavaRDD<Told> told() {
        return told;
    }

    private JavaPairRDD<BlockKey, byte[]> dealt(List<Piece> pieces) {
        Settings ours = settings;
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        List<Tuple2<Integer, Piece>> numbered = new ArrayList<>();
        for (Piece piece : pieces) {
            numbered.add(new Tuple2<>(numbered.size(), piece));
        }
        return context.parallelize(numbered, numbered.size())
                .mapPartitionsToPair(all -> new Flattened<>(
                        all,
                        piece -> new Deal(
                                piece._2(),
                                piece._1(),
                                ours,
                                configuration.value().value())))
                .repartitionAndSortWithinPartitions(new ByPartition(settings.partitions()));
    }

    /** What tasks have to say beside frames. */
    private List<byte[]> last(JavaPairRDD<BlockKey, byte[]> blocks) {
        int last = settings.accounts();
        return blocks.mapPartitionsWithIndex(
                        (part, all) -> part == last ? all : Collections.<Tuple2<BlockKey, byte[]>>emptyIterator(), true)
                .map(block -> Blocks.only(block._2()))
                .collect();
    }

    private JavaPairRDD<BlockKey, byte[]> whole(JavaPairRDD<BlockKey, byte[]> dealt) {
        Settings ours = settings;
        return dealt.mapPartitionsWithIndex(
                        (part, blocks) -> part >= ours.buckets() && part < ours.accounts()
                                ? new Fragments(part, blocks, ours)
                                : Collections.<Tuple2<BlockKey, byte[]>>emptyIterator(),
                        true)
                .mapToPair(block -> block)
                .repartitionAndSortWithinPartitions(new ByPartition(settings.partitions()));
    }

    private JavaRDD<Told> tracked(JavaPairRDD<BlockKey, byte[]> dealt, JavaPairRDD<BlockKey, byte[]> whole) {
        Settings ours = settings;
        ArrayList<Object[]> names = new ArrayList<>();
        accounts.forEach(account -> names.addAll(account.names()));
        Broadcast<ArrayList<Object[]>> named = context.broadcast(names);
        JavaRDD<Told> tracked = whole == null
                ? dealt.mapPartitionsWithIndex((part, blocks) -> track(part, blocks, ours, named.value()), true)
                : dealt.zipPartitions(whole, (blocks, more) -> {
                    int part = TaskContext.getPartitionId();
                    return track(part, new InOrder(blocks, more), ours, named.value());
                });
        return tracked.persist(StorageLevel.DISK_ONLY());
    }

    private static Iterator<Told> track(
            int part, Iterator<Tuple2<BlockKey, byte[]>> blocks, Settings settings, List<Object[]> names) {
        if (part >= settings.buckets()) {
            return Collections.emptyIterator();
        }
        CaptureNotes notes = new CaptureNotes();
        for (Object[] name : names) {
            notes.name((Integer) name[0], (Long) name[1], (Long) name[2], new ForeignText((String) name[3]));
        }
        Bucket bucket = new Bucket(part, blocks, settings, notes);
        TaskContext.get().addTaskCompletionListener(new Closing(bucket));
        return bucket;
    }

    /** Blocks of two runs, each in order, in order. */
    private static final class InOrder implements Iterator<Tuple2<BlockKey, byte[]>> {
        private final Iterator<Tuple2<BlockKey, byte[]>> one;
        private final Iterator<Tuple2<BlockKey, byte[]>> other;
        private Tuple2<BlockKey, byte[]> nextOfOne;
        private Tuple2<BlockKey, byte[]> nextOfOther;

        InOrder(Iterator<Tuple2<BlockKey, byte[]>> one, Iterator<Tuple2<BlockKey, byte[]>> other) {
            this.one = one;
            this.other = other;
            nextOfOne = after(one);
            nextOfOther = after(other);
        }

        private static Tuple2<BlockKey, byte[]> after(Iterator<Tuple2<BlockKey, byte[]>> run) {
            return run.hasNext() ? run.next() : null;
        }

        @Override
        public boolean hasNext() {
            return nextOfOne != null || nextOfOther != null;
        }

        @Override
        public Tuple2<BlockKey, byte[]> next() {
            boolean isOne =
                    nextOfOther == null || (nextOfOne != null && nextOfOne._1().compareTo(nextOfOther._1()) <= 0);
            Tuple2<BlockKey, byte[]> next = isOne ? nextOfOne : nextOfOther;
            if (isOne) {
                nextOfOne = after(one);
            } else {
                nextOfOther = after(other);
            }
            return next;
        }
    }
}
