package tcpflowcheck.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The flows alive, found by their key: open addressing with linear probing, and removal that leaves no trace. */
final class FlowTable {
    private static final int FIRST_CAPACITY = 1 << 10;

    /** Streams for each flow alive up to which they are put in order by their place, not by comparing. */
    private static final long MOST_SPARSE = 8;

    private @Nullable Flow[] flows = new Flow[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int mask = FIRST_CAPACITY - 1;
    private int size;

    /** The flow of this key, or null. */
    @Nullable
    Flow find(FlowKey key) {
        int hash = key.hash;
        for (int i = hash & mask; ; i = i + 1 & mask) {
            Flow flow = flows[i];
            if (flow == null || (hashes[i] == hash && flow.matches(key))) {
                return flow;
            }
        }
    }

    void add(FlowKey key, Flow flow) {
        if (2 * (size + 1) > flows.length) {
            grow();
        }
        insert(key.hash, flow);
        flow.hash = key.hash;
        size++;
    }

    /** Takes the flow out and closes the gap in its run. */
    void remove(Flow flow) {
        int gap = flow.hash & mask;
        while (flows[gap] != flow) {
            gap = gap + 1 & mask;
        }
        for (int i = gap + 1 & mask; flows[i] != null; i = i + 1 & mask) {
            int home = hashes[i] & mask;
            boolean mayMove = (i - home & mask) >= (i - gap & mask);
            if (mayMove) {
                flows[gap] = flows[i];
                hashes[gap] = hashes[i];
                gap = i;
            }
        }
        flows[gap] = null;
        size--;
    }

    int size() {
        return size;
    }

    /**
     * Takes out all flows, in the order of their streams.
     *
     * @param streams one more than the highest
     */
    Flow[] takeAll(long streams) {
        long lowest = streams;
        for (Flow flow : flows) {
            lowest = flow == null ? lowest : Math.min(lowest, flow.stream());
        }
        Flow[] all = streams - lowest <= MOST_SPARSE * size ? placed(lowest, (int) (streams - lowest)) : sorted();
        flows = new Flow[FIRST_CAPACITY];
        hashes = new int[FIRST_CAPACITY];
        mask = FIRST_CAPACITY - 1;
        size = 0;
        return all;
    }

    private Flow[] placed(long lowest, int span) {
        Flow[] places = new Flow[span];
        for (Flow flow : flows) {
            if (flow != null) {
                places[(int) (flow.stream() - lowest)] = flow;
            }
        }
        Flow[] all = new Flow[size];
        int count = 0;
        for (Flow flow : places) {
            if (flow != null) {
                all[count++] = flow;
            }
        }
        return all;
    }

    private Flow[] sorted() {
        Flow[] all = new Flow[size];
        int count = 0;
        for (Flow flow : flows) {
            if (flow != null) {
                all[count++] = flow;
            }
        }
        Arrays.sort(all, (a, b) -> Long.compare(a.stream(), b.stream()));
        return all;
    }

    private void insert(int hash, Flow flow) {
        int i = hash & mask;
        while (flows[i] != null) {
            i = i + 1 & mask;
        }
        flows[i] = flow;
        hashes[i] = hash;
    }

    private void grow() {
        Flow[] old = flows;
        int[] oldHashes = hashes;
        flows = new Flow[2 * old.length];
        hashes = new int[2 * old.length];
        mask = flows.length - 1;
        for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
                insert(oldHashes[i], old[i]);
            }
        }
    }
}
