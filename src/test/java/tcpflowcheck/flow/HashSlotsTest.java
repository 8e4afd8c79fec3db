package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers come and go, many of the same hash and many whose hashes have neighbouring homes. */
@Execution(ExecutionMode.CONCURRENT)
class HashSlotsTest {
    private final HashSlots slots = new HashSlots();

    private Set<Integer> numbers(int hash) {
        Set<Integer> numbers = new TreeSet<>();
        for (int slot = slots.first(hash); slot != HashSlots.NONE; slot = slots.next(slot, hash)) {
            assertThat(numbers.add(slots.number(slot))).isTrue();
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 1 << 20})
    void whatWasAddedAndNotRemovedIsFound(int hashes) {
        Random random = new Random(hashes);
        Map<Integer, Set<Integer>> there = new HashMap<>();
        int[] ofNumber = new int[2000];
        for (int step = 0; step < 100_000; step++) {
            int number = random.nextInt(step % 20_000 < 10_000 ? ofNumber.length : 50);
            int hash = ofNumber[number];
            Set<Integer> alike = there.get(hash);
            if (alike != null && alike.remove(number)) {
                slots.remove(hash, number);
            } else {
                // The last slots are home to some: what they push on begins again at the first.
                hash = (random.nextInt(hashes) << 12) - random.nextInt(3);
                ofNumber[number] = hash;
                slots.add(hash, number);
                there.computeIfAbsent(hash, each -> new TreeSet<>()).add(number);
            }
            assertThat(numbers(hash)).isEqualTo(there.getOrDefault(hash, Set.of()));
        }
        there.forEach((hash, numbers) -> assertThat(numbers(hash)).isEqualTo(numbers));
    }
}
