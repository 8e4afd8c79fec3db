package tcpflowcheck.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.MergedCaptures;

/** Tells what happened to the connections of many captures, on Spark: {@code spark-submit --class tcpflowcheck.cluster.Job}. */
public final class Job {
    private static final int USAGE = 64;
    private static final long OCTETS_OF_BUCKET = 64L << 20;
    private static final int FEWEST_BUCKETS = 8;
    private static final int MOST_BUCKETS = 8192;

    private final JavaSparkContext context;
    private final JobOptions options;
    private final Output output;
    private Settings settings;

    private Job(SparkSession spark, JobOptions options) {
        this.options = options;
        context = new JavaSparkContext(spark.sparkContext());
        output = new Output(spark, options);
    }

    /** Runs the job; ends the process with 64 if its words can't be meant. */
    public static void main(String[] words) throws IOException {
        int status = run(words);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(String... words) throws IOException {
        try {
            JobOptions options = new JobOptions(words);
            if (options.help()) {
                System.out.print(JobOptions.USAGE);
                return 0;
            }
            Map<Integer, long[]> programs =
                    options.filter() == null ? Map.of() : new BpfFilter(options.filter()).compiled();
            try (SparkSession spark =
                    SparkSession.builder().appName("tcpflow-check").getOrCreate()) {
                new Job(spark, options).run(programs);
            }
            return 0;
        } catch (UsageException | CaptureException wrong) {
            System.err.println("tcpflow-check: " + wrong.getMessage());
            return USAGE;
        }
    }

    private void run(Map<Integer, long[]> programs) throws IOException, UsageException {
        Inputs inputs = new Inputs(options, context.hadoopConfiguration());
        output.prepare(options.overwrite());
        String name = MergedCaptures.nameOf(inputs.names());
        settings = new Settings(
                options, name, buckets(inputs), ThreadLocalRandom.current().nextLong(), programs);
        Frames frames = new Frames(context, settings, pieces(inputs));
        JavaRDD<Told> told = frames.told();
        Totals totals = new Totals(settings.only(), settings::ignored);
        frames.accounts().forEach(totals::add);
        frames.parts().forEach(totals::add);
        told.filter(part -> part.kind() == Told.Kind.PART)
                .map(part -> Packed.read(part.octets(), Part.class))
                .collect()
                .forEach(totals::add);
        crowds(told).forEach(totals::add);
        if (settings.by().isEmpty()) {
            flows(told);
        } else {
            output.table("groups", Groups.of(told, settings), RowSchema.of("group"));
        }
        output.table("files", FileTable.of(inputs.files(), frames.accounts()), FileTable.type());
        output.summary(totals.summary(name, Who.of(told)));
        for (Account account : frames.accounts()) {
            if (account.failure() != null) {
                System.err.println("tcpflow-check: " + account.failure());
            }
        }
    }

    private int buckets(Inputs inputs) {
        long enough = Math.max(inputs.octets() / OCTETS_OF_BUCKET, FEWEST_BUCKETS);
        return options.buckets() > 0 ? options.buckets() : (int) Math.min(enough, MOST_BUCKETS);
    }

    private List<Piece> pieces(Inputs inputs) throws IOException {
        Ranges ranges = new Ranges(context, options.split());
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < inputs.files().size(); i++) {
            pieces.addAll(ranges.of(i, inputs.files().get(i)));
        }
        return pieces;
    }

    private List<Crowd.Noticed> crowds(JavaRDD<Told> told) {
        Settings ours = settings;
        return told.filter(part -> part.kind() == Told.Kind.CROWD)
                .mapToPair(part -> Job.block(part.octets()))
                .repartitionAndSortWithinPartitions(new ByPartition(ours.buckets()))
                .mapPartitions(blocks -> List.of(Crowd.replay(blocks, ours)).iterator())
                .collect();
    }

    @SuppressWarnings("unchecked")
    private static Tuple2<BlockKey, byte[]> block(byte[] octets) {
        return Packed.read(octets, Tuple2.class);
    }

    private void flows(JavaRDD<Told> told) {
        List<WiresharkPlaces.Shift> shifts = told.filter(part -> part.kind() == Told.Kind.SHIFTS)
                .flatMap(part -> WiresharkPlaces.unpacked(part.octets()))
                .collect();
        Broadcast<Numbering.Shifts> sums = context.broadcast(new Numbering.Shifts(shifts));
        JavaPairRDD<Integer, long[]> ranks = Numbering.ranks(told, settings.buckets());
        output.flows(told, ranks, new Output.Replay(settings.name(), sums));
    }
}
