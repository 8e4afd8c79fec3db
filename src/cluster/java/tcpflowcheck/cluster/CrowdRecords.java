package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import tcpflowcheck.flow.CrowdEvents;
import tcpflowcheck.flow.FlowEnds;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;

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
    public void attempt(Rule rule, FlowEnds flow, Side from, long firstFrame, boolean fails) {
        boolean atHost = rule == Rule.PORT_SCAN;
        Side to = from.peer();
        long host = Hash.end(flow.addressHigh(from), flow.addressLow(from), 0);
        long target = atHost ? Hash.end(flow.addressHigh(to), flow.addressLow(to), 0) : flow.port(to);
        ByteBuffer record = record(host + target, OF_ATTEMPT);
        record.put(atHost ? PORT : HOST).put((byte) flow.ipVersion()).put((byte) (fails ? 1 : 0));
        record.putLong(flow.addressHigh(from)).putLong(flow.addressLow(from));
        record.putLong(flow.addressHigh(to)).putLong(flow.addressLow(to)).putInt(flow.port(to));
        record.putLong(frames.clock(firstFrame)).putLong(frames.at(firstFrame));
    }

    /** Given: who tried something, told as the client, and at whom. */
    private record Tried(int ipVersion, long fromHigh, long fromLow, long toHigh, long toLow, int toPort)
            implements FlowEnds {
        static Tried read(int ipVersion, ByteBuffer from) {
            return new Tried(ipVersion, from.getLong(), from.getLong(), from.getLong(), from.getLong(), from.getInt());
        }

        @Override
        public long addressHigh(Side side) {
            return side == Side.CLIENT ? fromHigh : toHigh;
        }

        @Override
        public long addressLow(Side side) {
            return side == Side.CLIENT ? fromLow : toLow;
        }

        @Override
        public int port(Side side) {
            return side == Side.CLIENT ? 0 : toPort;
        }

        @Override
        public long start() {
            throw new UnsupportedOperationException("who counts attempts asks for no time");
        }
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
        Tried tried = Tried.read(version, from);
        long first = places.add(from.getLong(), from.getLong());
        Rule rule = what == PORT ? Rule.PORT_SCAN : Rule.HOST_SCAN;
        to.attempt(rule, tried, Side.CLIENT, first, fails);
        return rule;
    }
}
