package tcpflowcheck.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import tcpflowcheck.report.JsonSink;
import tcpflowcheck.report.ValueSink;

/** JSON's objects as rows of a table. */
final class RowSink extends ValueSink {
    /** What is begun and not ended: a row, or an array. */
    private static final class Open {
        private final DataType type;
        private final Object[] row;
        private final List<Object> elements = new ArrayList<>();

        Open(DataType type) {
            this.type = type;
            row = type instanceof StructType struct ? new Object[struct.size()] : null;
        }

        DataType typeAt(int column) {
            return row != null ? ((StructType) type).fields()[column].dataType() : ((ArrayType) type).elementType();
        }
    }

    private final StructType whole;
    /** By identity: the types are those of one schema, and comparing them would look into all that they hold. */
    private final IdentityHashMap<DataType, Map<String, Integer>> known = new IdentityHashMap<>();

    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<Integer> places = new ArrayDeque<>();
    private int column;
    private Object[] last;

    RowSink(StructType whole) {
        this.whole = whole;
    }

    /** The row that was written last, to which columns can be added. */
    Object[] last() {
        return last;
    }

    Object of(String name) {
        return last[columnOf(whole, name)];
    }

    void set(String name, Object value) {
        last[columnOf(whole, name)] = value;
    }

    private int columnOf(StructType type, String name) {
        Map<String, Integer> names = known.get(type);
        if (names == null) {
            names = new HashMap<>();
            StructField[] fields = type.fields();
            for (int i = 0; i < fields.length; i++) {
                names.put(fields[i].name(), i);
            }
            known.put(type, names);
        }
        Integer found = names.get(name);
        if (found == null) {
            throw new IllegalStateException("no column is named " + name);
        }
        return found;
    }

    private DataType next() {
        return open.isEmpty() ? whole : open.peek().typeAt(column);
    }

    @Override
    protected JsonSink add(Object value) {
        Open at = open.peek();
        if (at.row == null) {
            at.elements.add(value);
        } else {
            at.row[column] = value;
        }
        return this;
    }

    @Override
    public JsonSink beginObject() {
        return begin();
    }

    @Override
    public JsonSink beginArray() {
        return begin();
    }

    private JsonSink begin() {
        DataType type = next();
        places.push(column);
        open.push(new Open(type));
        return this;
    }

    @Override
    public JsonSink endObject() {
        Open ended = open.pop();
        column = places.pop();
        if (open.isEmpty()) {
            last = ended.row;
            return this;
        }
        Row row = RowFactory.create(ended.row);
        return add(row);
    }

    @Override
    public JsonSink endArray() {
        Open ended = open.pop();
        column = places.pop();
        return add(ended.elements.toArray());
    }

    @Override
    public void endLine() {}

    @Override
    public JsonSink key(String key) {
        column = columnOf((StructType) open.peek().type, key);
        return this;
    }

    @Override
    public JsonSink value(long number) {
        return next() == DataTypes.IntegerType ? add((int) number) : add(number);
    }
}
