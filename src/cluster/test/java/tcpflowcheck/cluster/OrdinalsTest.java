package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrdinalsTest {
    @Test
    void eachFrameHasItsPlaceHoweverManyThereAre() {
        int many = 500_000;
        try (Ordinals ordinals = new Ordinals()) {
            assertThat(ordinals.at(0)).isZero();
            for (int i = 1; i <= many; i++) {
                assertThat(ordinals.add(3L * i, 7L * i)).isEqualTo(i);
                long before = i / 3L + 1;
                if (ordinals.clock(before) != 3 * before || ordinals.at(i) != 7L * i) {
                    assertThat(ordinals.place(before))
                            .as("%d of %d", before, i)
                            .isEqualTo(new Place(3 * before, 7 * before));
                }
            }
            for (long i = 1; i <= many; i++) {
                if (ordinals.clock(i) != 3 * i || ordinals.at(i) != 7 * i) {
                    assertThat(ordinals.place(i)).as("%d", i).isEqualTo(new Place(3 * i, 7 * i));
                }
            }
            assertThat(ordinals.at(0)).isZero();
        }
    }
}
