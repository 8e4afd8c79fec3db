package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import tcpflowcheck.flow.CrowdEvents;
import tcpflowcheck.tcp.Rule;

/** What makes floods and scans, on its way to where all of one server, or of one host, comes together. */
final class CrowdRecords implements CrowdEvents {
    private static final byte BORN = 0;
    private static final byte DONE = 1;
    private static final byte PORT = 2;
    private static final byte HOST = 3;
    private static final int OF_SERVER = 2 + 3 * Long.BYTES + Integer.BYTES;
    private static final int OF_ATTEMPT = 3 + 6 * Long.BYTES + Integer.BYTES;

    private final Blocks blocks;
    private final int partitions;
    private final Ordinals frames;

    /** @param frames those of the bucket, whose last one is at hand */
    CrowdRecords(Blocks blocks, int partitions, Ordinals frames) {
        this.blocks = blocks;
        this.partitions = partitions;
        this.frames = frames;
    }

    private ByteBuffer record(long hash, int octets) {
        long now = frames.count();
        int partition = Integer.remainderUnsigned(Hash.of(hash), partitions);
        return blocks.record(partition, frames.clock(now), frames.at(now), octets);
    }

    @Override
    public void born(int ipVersion, long high, long low, int port, long time, long frame) {
        ofServer(BORN, ipVersion, high, low, port, time);
    }

    @Override
    public void done(int ipVersion, long high, long low, int port, long start) {
        ofServer(DONE, ipVersion, high, low, port, start);
    }

    private void ofServer(byte what, int ipVersion, long high, long low, int port, long time) {
        ByteBuffer to = record(Hash.end(high, low, port), OF_SERVER);
        to.put(what)
                .put((byte) ipVersion)
                .putLong(high)
                .putLong(low)
                .putInt(port)
                .putLong(time);
    }

    @Override
    public void attempt(
            Rule rule,
            int ipVersion,
            long fromHigh,
            long fromLow,
            long toHigh,
            long toLow,
            int port,
            long firstFrame,
            boolean fails) {
        boolean atHost = rule == Rule.PORT_SCAN;
        long from = Hash.end(fromHigh, fromLow, 0);
        long hash = from + (atHost ? Hash.end(toHigh, toLow, 0) : port);
        ByteBuffer to = record(hash, OF_ATTEMPT);
        to.put(atHost ? PORT : HOST).put((byte) ipVersion).put((byte) (fails ? 1 : 0));
        to.putLong(fromHigh).putLong(fromLow).putLong(toHigh).putLong(toLow).putInt(port);
        to.putLong(frames.clock(firstFrame)).putLong(frames.at(firstFrame));
    }

    @Override
    public void end() {}

    /**
     * Tells the record at hand.
     *
     * @param places give its frames numbers
     * @return what may be found by it
     */
    static Rule tell(MergedBlocks record, Ordinals places, CrowdEvents to) {
        ByteBuffer from = record.octets();
        byte what = from.get();
        int version = from.get();
        if (what == BORN || what == DONE) {
            long high = from.getLong();
            long low = from.getLong();
            int port = from.getInt();
            long time = from.getLong();
            if (what == BORN) {
                to.born(version, high, low, port, time, places.add(record.clock(), record.at()));
            } else {
                to.done(version, high, low, port, time);
            }
            return Rule.SYN_FLOOD;
        }
        boolean fails = from.get() != 0;
        long fromHigh = from.getLong();
        long fromLow = from.getLong();
        long toHigh = from.getLong();
        long toLow = from.getLong();
        int port = from.getInt();
        long first = places.add(from.getLong(), from.getLong());
        Rule rule = what == PORT ? Rule.PORT_SCAN : Rule.HOST_SCAN;
        to.attempt(rule, version, fromHigh, fromLow, toHigh, toLow, port, first, fails);
        return rule;
    }
}
