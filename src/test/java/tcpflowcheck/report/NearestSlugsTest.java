package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tcpflowcheck.tcp.Rule;

class NearestSlugsTest {
    @ParameterizedTest
    @CsvSource({
        "handshake-refusd, handshake-refused",
        "HANDSHAKE_REFUSED, handshake-refused",
        "syn ack retransmission, synack-retransmission",
        "rseet, reset",
        "half-open, handshake-half-open",
        "refused, handshake-refused",
        "asassination, time-wait-assassination",
        "mss, mss-absent",
    })
    void theNearestComesFirst(String written, String slug) {
        assertThat(NearestSlugs.to(written)).first().isEqualTo(slug);
    }

    @Test
    void theNearestThreeOfMany() {
        assertThat(NearestSlugs.to("retransmision"))
                .containsExactly("retransmission", "syn-retransmission", "synack-retransmission");
    }

    @ParameterizedTest
    @CsvSource({"foo", "''", "x", "http-error-500", "🦀🦀🦀"})
    void noneIsNear(String written) {
        assertThat(NearestSlugs.to(written)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anySlugIsNearestToItself(Rule rule) {
        assertThat(NearestSlugs.to(rule.slug())).first().isEqualTo(rule.slug());
    }
}
