package tcpflowcheck.report;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.IpAddress;

/** JSON whose values are kept as Java's own: texts, longs, booleans and null. */
public abstract class ValueSink implements JsonSink {
    /** A value, at the place that has been reached. */
    protected abstract JsonSink add(@Nullable Object value);

    @Override
    public final JsonSink value(@Nullable String text) {
        return add(text);
    }

    @Override
    public final JsonSink name(String name) {
        return add(name);
    }

    @Override
    public JsonSink value(long number) {
        return add(number);
    }

    @Override
    public final JsonSink value(boolean truth) {
        return add(truth);
    }

    @Override
    public final JsonSink nothing() {
        return add(null);
    }

    @Override
    public final JsonSink address(int ipVersion, long high, long low) {
        return add(IpAddress.text(ipVersion, high, low));
    }
}
