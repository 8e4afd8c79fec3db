package tcpflowcheck.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The account of files: what each gave, and what was wrong with it. */
final class FileTable {
    private FileTable() {}

    static StructType type() {
        return new StructType()
                .add("file", DataTypes.IntegerType)
                .add("name", DataTypes.StringType)
                .add("octets", DataTypes.LongType)
                .add("frames", DataTypes.LongType)
                .add("accepted", DataTypes.LongType)
                .add("tcpSegments", DataTypes.LongType)
                .add("start", DataTypes.LongType)
                .add("end", DataTypes.LongType)
                .add("complete", DataTypes.BooleanType)
                .add("failure", DataTypes.StringType);
    }

    /** A row for each file; pieces of one are in the order of its octets. */
    static List<Map<String, Object>> of(List<Inputs.File> files, List<Account> accounts) {
        List<Map<String, Object>> rows = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < files.size(); i++) {
            List<Account> pieces = new ArrayList<>();
            while (next < accounts.size() && accounts.get(next).piece().file() == i) {
                pieces.add(accounts.get(next++));
            }
            rows.add(row(i, files.get(i), pieces));
        }
        return rows;
    }

    private static Map<String, Object> row(int number, Inputs.File file, List<Account> pieces) {
        long frames = 0;
        long accepted = 0;
        long segments = 0;
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        String failure = null;
        for (Account piece : pieces) {
            frames += piece.frames();
            accepted += piece.accepted();
            segments += (Long) piece.counts().get("tcpSegments");
            start = Math.min(start, piece.firstTime());
            end = Math.max(end, piece.last().clock());
            failure = piece.failure() == null ? failure : piece.failure();
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", (long) number);
        row.put("name", file.name());
        row.put("octets", file.octets());
        row.put("frames", frames);
        row.put("accepted", accepted);
        row.put("tcpSegments", segments);
        row.put("start", frames == 0 ? null : start);
        row.put("end", frames == 0 ? null : end);
        row.put("complete", failure == null);
        row.put("failure", failure);
        return row;
    }
}
