package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statement holds wherever the numbers wrap. */
class SeqNumberTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, -5, -10, Integer.MAX_VALUE, Integer.MAX_VALUE - 5, Integer.MIN_VALUE})
    void ranges(int at) {
        assertThat(SeqNumber.between(at, at, at + 9)).isTrue();
        assertThat(SeqNumber.between(at, at + 9, at + 9)).isTrue();
        assertThat(SeqNumber.between(at, at + 10, at + 9)).isFalse();
        assertThat(SeqNumber.between(at, at - 1, at + 9)).isFalse();
        assertThat(SeqNumber.within(at, at, at + 9)).isTrue();
        assertThat(SeqNumber.within(at, at + 8, at + 9)).isTrue();
        assertThat(SeqNumber.within(at, at + 9, at + 9)).isFalse();
        assertThat(SeqNumber.within(at, at - 1, at + 9)).isFalse();
        assertThat(SeqNumber.acceptable(at, at, at + 9)).isFalse();
        assertThat(SeqNumber.acceptable(at, at + 1, at + 9)).isTrue();
        assertThat(SeqNumber.acceptable(at, at + 9, at + 9)).isTrue();
        assertThat(SeqNumber.acceptable(at, at + 10, at + 9)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, -5, -10, Integer.MAX_VALUE, Integer.MAX_VALUE - 5, Integer.MIN_VALUE})
    void twoRanges(int at) {
        assertThat(SeqNumber.overlaps(at, at + 5, at + 4, at + 9)).isTrue();
        assertThat(SeqNumber.overlaps(at + 4, at + 9, at, at + 5)).isTrue();
        assertThat(SeqNumber.overlaps(at, at + 9, at + 3, at + 4)).isTrue();
        assertThat(SeqNumber.overlaps(at, at + 5, at + 5, at + 9)).isFalse();
        assertThat(SeqNumber.overlaps(at + 5, at + 9, at, at + 5)).isFalse();
        assertThat(SeqNumber.covers(at, at + 9, at, at + 9)).isTrue();
        assertThat(SeqNumber.covers(at, at + 9, at + 3, at + 4)).isTrue();
        assertThat(SeqNumber.covers(at, at + 9, at + 3, at + 10)).isFalse();
        assertThat(SeqNumber.covers(at, at + 9, at - 1, at + 3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, -5, -10, Integer.MAX_VALUE, Integer.MAX_VALUE - 5, Integer.MIN_VALUE})
    void distances(int at) {
        assertThat(SeqNumber.distance(at, at + 7)).isEqualTo(7);
        assertThat(SeqNumber.distance(at + 7, at)).isEqualTo(-7);
        assertThat(SeqNumber.near(at, at + 7, 7)).isTrue();
        assertThat(SeqNumber.near(at + 7, at, 6)).isFalse();
        assertThat(SeqNumber.max(at, at + 7)).isEqualTo(at + 7);
        assertThat(SeqNumber.min(at + 7, at)).isEqualTo(at);
    }

    @Test
    void printed() {
        assertThat(SeqNumber.unsigned(-1)).isEqualTo(0xffff_ffffL);
    }
}
