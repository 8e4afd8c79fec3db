package tcpflowcheck.tcp.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A set of histories: of those that differ in nothing but their faults, the one with the fewest. */
final class Histories {
    private final List<History> list = new ArrayList<>();
    private final ArrayDeque<History> fresh = new ArrayDeque<>();
    private final Map<Integer, List<Integer>> places = new HashMap<>();

    void add(History history) {
        List<Integer> alike = places.computeIfAbsent(history.hash(), hash -> new ArrayList<>(1));
        for (int place : alike) {
            History there = list.get(place);
            if (there.isLike(history)) {
                if (history.faults < there.faults
                        || (history.faults == there.faults && history.guesses < there.guesses)) {
                    there.faults = history.faults;
                    there.guesses = history.guesses;
                    there.path = history.path;
                    fresh.add(there); // what follows from it takes fewer faults, too
                }
                return;
            }
        }
        alike.add(list.size());
        list.add(history);
        fresh.add(history);
    }

    /** The next one that has not been gone on from, or not since it takes fewer faults; null if there is none. */
    @Nullable
    History poll() {
        return fresh.poll();
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    int size() {
        return list.size();
    }

    List<History> list() {
        return list;
    }

    int least() {
        return least(list);
    }

    static int least(List<History> list) {
        int least = Integer.MAX_VALUE;
        for (History each : list) {
            least = Math.min(least, each.faults);
        }
        return least;
    }

    /** Those with the fewest faults and so many more; no more than {@code most}, so then fewer more. */
    List<History> fewest(int more, int most) {
        int least = least();
        List<History> fewest = upTo(list, least + more);
        for (int limit = least + more - 1; limit >= least && fewest.size() > most; limit--) {
            fewest = upTo(list, limit);
        }
        return fewest.size() > most ? new ArrayList<>(fewest.subList(0, most)) : fewest;
    }

    static List<History> upTo(List<History> list, int faults) {
        List<History> few = new ArrayList<>();
        for (History each : list) {
            if (each.faults <= faults) {
                few.add(each);
            }
        }
        return few;
    }
}
