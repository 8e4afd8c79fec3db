package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counters by up to two addresses and a port, in bounded memory: a key has eight places, chosen by a seeded hash that
 * nobody can aim at; when all are taken the entry with the least weight gives way. Who counts much stays, so an attacker
 * who fills the table with keys that occur once can't push out what is found, as sampling or a plain cap would let him.
 * Sketches (count-min) need no keys but can't name what they found, and the name is what matters here.
 */
abstract class CountTable<E extends CountTable.Entry> {
    private static final int PLACES = 8;

    /** Less than this is not looked for: a flood of keys that occur once finds one at once. */
    private static final int LITTLE = 1;

    /** The key, and whatever is counted under it. */
    abstract static class Entry {
        private long firstHigh;
        private long firstLow;
        private long secondHigh;
        private long secondLow;
        private int rest;

        /** How much would be lost with it. */
        abstract long weight();

        /** Takes it for another key. */
        abstract void clear();
    }

    private final @Nullable Entry[] entries;
    /** Of each entry a part of its key's hash: entries of other keys are mostly not looked at. */
    private final int[] tags;

    private final long seed;

    /** @param capacity a power of two; entries are made as they are needed */
    CountTable(int capacity, long seed) {
        entries = new Entry[capacity];
        tags = new int[capacity];
        this.seed = seed;
    }

    /** A new entry. */
    abstract E born();

    /** The entry of a key, new and empty if there was none. */
    @SuppressWarnings("unchecked") // only born fills the table
    E of(long firstHigh, long firstLow, long secondHigh, long secondLow, int rest) {
        long hash = mix(mix(mix(mix(mix(firstLow ^ seed) ^ firstHigh) ^ secondLow) ^ secondHigh) ^ rest);
        int first = (int) hash & entries.length - 1 & -PLACES;
        int tag = (int) (hash >>> 32);
        for (int i = first; i < first + PLACES; i++) {
            Entry entry = entries[i];
            boolean matches = tags[i] == tag
                    && entry != null
                    && entry.firstLow == firstLow
                    && entry.secondLow == secondLow
                    && entry.rest == rest
                    && entry.firstHigh == firstHigh
                    && entry.secondHigh == secondHigh;
            if (matches) {
                return (E) entry;
            }
        }
        int place = least(first);
        tags[place] = tag;
        Entry entry = entries[place];
        entry.clear();
        entry.firstHigh = firstHigh;
        entry.firstLow = firstLow;
        entry.secondHigh = secondHigh;
        entry.secondLow = secondLow;
        entry.rest = rest;
        return (E) entry;
    }

    /** The place of the eight that is to be taken: an empty one, or else that of the least weight. */
    private int least(int first) {
        int least = first;
        for (int i = first; i < first + PLACES; i++) {
            if (entries[i] == null) {
                entries[i] = born();
                return i;
            }
            long weight = entries[i].weight();
            if (weight <= LITTLE) {
                return i;
            }
            least = weight < entries[least].weight() ? i : least;
        }
        return least;
    }

    @SuppressWarnings("unchecked") // as above
    List<E> entries() {
        List<E> all = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry != null) {
                all.add((E) entry);
            }
        }
        return all;
    }

    /** The finalizer of MurmurHash3: each bit of the number sways each of the result, also where numbers are in a row. */
    static long mix(long number) {
        long mixed = (number ^ number >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ mixed >>> 33;
    }
}
