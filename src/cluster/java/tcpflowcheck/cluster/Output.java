package tcpflowcheck.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import tcpflowcheck.report.JsonWriter;
import tcpflowcheck.report.TextBuffer;

/** Where a job's tables and its summary go. */
final class Output {
    private static final long NANOS_OF_DAY = 86_400_000_000_000L;

    private final SparkSession spark;
    private final Path folder;
    private final boolean parquet;

    Output(SparkSession spark, JobOptions options) {
        this.spark = spark;
        folder = new Path(options.out());
        parquet = options.format().equals("parquet");
    }

    private FileSystem system() throws IOException {
        return folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    }

    /** Sees to it that there is nothing where the job is to write. */
    void prepare(boolean overwrite) throws IOException, UsageException {
        if (system().exists(folder) && !overwrite) {
            throw new UsageException(folder + " is there already: name another folder, or say --overwrite");
        }
        system().delete(folder, true);
    }

    private String path(String table) {
        return new Path(folder, table).toString();
    }

    /** Tells a bucket's tapes again, with the streams' numbers. */
    record Replay(String file, Broadcast<Numbering.Shifts> shifts) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Iterator<TapePlayer> tapes(Iterator<Told> told, Iterator<Tuple2<Integer, long[]>> ranks) {
            Numbering.Ranks numbers = new Numbering.Ranks(ranks, shifts.value());
            return new Flattened<>(
                    told,
                    part -> part.kind() == Told.Kind.FLOWS
                            ? List.of(new TapePlayer(part.octets(), file, numbers))
                                    .iterator()
                            : List.<TapePlayer>of().iterator());
        }

        Iterator<String> lines(Iterator<Told> told, Iterator<Tuple2<Integer, long[]>> ranks) {
            TextBuffer line = new TextBuffer();
            JsonWriter json = new JsonWriter(line);
            return new Flattened<>(
                    tapes(told, ranks),
                    tape -> each(tape, () -> {
                        tape.next(json);
                        line.truncate(line.length() - 1);
                        String text = line.toString();
                        line.clear();
                        return text;
                    }));
        }

        Iterator<Row> rows(Iterator<Told> told, Iterator<Tuple2<Integer, long[]>> ranks, StructType type) {
            RowSink rows = new RowSink(type);
            return new Flattened<>(
                    tapes(told, ranks),
                    tape -> each(tape, () -> {
                        tape.next(rows);
                        long start = (Long) rows.of("start");
                        rows.set(
                                RowSchema.DAY,
                                LocalDate.ofEpochDay(Math.floorDiv(start, NANOS_OF_DAY))
                                        .toString());
                        return RowFactory.create(rows.last());
                    }));
        }

        private static <T> Iterator<T> each(TapePlayer tape, Supplier<T> next) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return tape.hasNext();
                }

                @Override
                public T next() {
                    return next.get();
                }
            };
        }
    }

    /** Writes the table of flows. */
    void flows(JavaRDD<Told> told, JavaPairRDD<Integer, long[]> ranks, Replay replay) {
        if (!parquet) {
            told.zipPartitions(ranks, (parts, numbers) -> replay.lines(parts, numbers))
                    .saveAsTextFile(path("flows"));
            return;
        }
        StructType type = RowSchema.of("flow");
        JavaRDD<Row> rows = told.zipPartitions(ranks, (parts, numbers) -> replay.rows(parts, numbers, type));
        spark.createDataFrame(rows, type).write().partitionBy(RowSchema.DAY).parquet(path("flows"));
    }

    /** Writes a small table, whose rows are trees. */
    void table(String name, List<Map<String, Object>> objects, StructType type) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> object : objects) {
            lines.add(line(object));
        }
        Dataset<String> text = spark.createDataset(lines, Encoders.STRING()).coalesce(1);
        if (parquet) {
            spark.read().schema(type).json(text).write().parquet(path(name));
        } else {
            text.write().text(path(name));
        }
    }

    /** Writes the summary: where it is, the job is done. */
    void summary(Map<String, Object> summary) throws IOException {
        try (OutputStream out = system().create(new Path(folder, "summary.json"))) {
            out.write((line(summary) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String line(Map<String, Object> object) {
        TextBuffer line = new TextBuffer();
        new JsonWriter(line).tree(object);
        return line.toString();
    }
}
