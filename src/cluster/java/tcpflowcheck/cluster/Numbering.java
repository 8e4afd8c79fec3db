package tcpflowcheck.cluster;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Numbers the streams of all buckets in the order in which they began. */
final class Numbering {
    /**
     * Given: a flow's birth, or a question how many there were before a place.
     *
     * @param index of the flow in its bucket; the complement of a question's
     */
    record Birth(long clock, long at, int bucket, long index) implements Serializable, Comparable<Birth> {
        private static final long serialVersionUID = 1L;

        boolean isQuestion() {
            return index < 0;
        }

        @Override
        public int compareTo(Birth other) {
            int byPlace = Place.compare(clock, at, other.clock, other.at);
            int byKind = byPlace != 0 ? byPlace : Boolean.compare(other.isQuestion(), isQuestion());
            int byBucket = byKind != 0 ? byKind : Integer.compare(bucket, other.bucket);
            return byBucket != 0 ? byBucket : Long.compare(index, other.index);
        }
    }

    /** Numbers of a bucket's flows and questions. */
    static final class Ranks implements TapePlayer.Numbers {
        private long[] flows = new long[1 << 10];
        private long[] answers = new long[16];
        private final Shifts shifts;

        Ranks(Iterator<Tuple2<Integer, long[]>> ranks, Shifts shifts) {
            this.shifts = shifts;
            while (ranks.hasNext()) {
                long[] rank = ranks.next()._2();
                if (rank[0] >= 0) {
                    flows = with(flows, (int) rank[0], rank[1]);
                } else {
                    answers = with(answers, (int) ~rank[0], rank[1]);
                }
            }
        }

        private static long[] with(long[] numbers, int index, long number) {
            long[] grown =
                    index < numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(2 * numbers.length, index + 1));
            grown[index] = number;
            return grown;
        }

        @Override
        public long stream(long local) {
            return flows[(int) local];
        }

        @Override
        public long wireshark(long local, long clock, long at) {
            long before = local >= 0 ? flows[(int) local] : answers[(int) ~local];
            return before + shifts.at(new Place(clock, at));
        }
    }

    /** By how much Wireshark's numbers differ, from place to place. */
    static final class Shifts implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Place[] from;
        private final boolean[] itself;
        private final long[] sums;

        Shifts(List<WiresharkPlaces.Shift> all) {
            List<WiresharkPlaces.Shift> sorted = new ArrayList<>(all);
            sorted.sort((one, other) -> {
                int byPlace = one.from().compareTo(other.from());
                return byPlace != 0 ? byPlace : Boolean.compare(other.itself(), one.itself());
            });
            from = new Place[sorted.size()];
            itself = new boolean[from.length];
            sums = new long[from.length + 1];
            for (int i = 0; i < from.length; i++) {
                from[i] = sorted.get(i).from();
                itself[i] = sorted.get(i).itself();
                sums[i + 1] = sums[i] + sorted.get(i).by();
            }
        }

        /** For a stream that begins there. */
        long at(Place place) {
            int low = 0;
            int high = from.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int order = from[middle].compareTo(place);
                if (order < 0 || (order == 0 && itself[middle])) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return sums[low];
        }
    }

    private Numbering() {}

    /** Each bucket's pairs of an index and a number, in the partition of the bucket. */
    static JavaPairRDD<Integer, long[]> ranks(JavaRDD<Told> told, int sorters) {
        JavaRDD<Birth> births = told.mapPartitionsWithIndex(Numbering::births, true);
        JavaRDD<Birth> sorted = births.mapToPair(birth -> new Tuple2<>(birth, 0))
                .sortByKey(true, sorters)
                .keys()
                .persist(StorageLevel.DISK_ONLY());
        List<Long> counts = sorted.mapPartitions(Numbering::count).collect();
        long[] before = new long[counts.size()];
        for (int i = 1; i < before.length; i++) {
            before[i] = before[i - 1] + counts.get(i - 1);
        }
        return sorted.mapPartitionsWithIndex((part, all) -> ranked(before[part], all), true)
                .mapToPair(rank -> rank)
                .partitionBy(new ByPartition(told.getNumPartitions()));
    }

    private static Iterator<Birth> births(int bucket, Iterator<Told> told) {
        return new Flattened<>(told, part -> {
            List<Birth> births = new ArrayList<>();
            ByteBuffer from = ByteBuffer.wrap(part.kind() == Told.Kind.BIRTHS ? part.octets() : new byte[0]);
            while (from.hasRemaining()) {
                births.add(new Birth(from.getLong(), from.getLong(), bucket, from.getLong()));
            }
            return births.iterator();
        });
    }

    private static Iterator<Long> count(Iterator<Birth> births) {
        long count = 0;
        while (births.hasNext()) {
            count += births.next().isQuestion() ? 0 : 1;
        }
        return List.of(count).iterator();
    }

    private static Iterator<Tuple2<Integer, long[]>> ranked(long before, Iterator<Birth> births) {
        return new Iterator<>() {
            private long next = before;

            @Override
            public boolean hasNext() {
                return births.hasNext();
            }

            @Override
            public Tuple2<Integer, long[]> next() {
                Birth birth = births.next();
                long rank = birth.isQuestion() ? next : next++;
                return new Tuple2<>(birth.bucket(), new long[] {birth.index(), rank});
            }
        };
    }
}
