package tcpflowcheck.report.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.SomeFlows;

/** Groups in bounded memory. */
class FlowGroupsTest {
    private static final int MOST = 10;

    private final FlowGroups groups = new FlowGroups(List.of(GroupKey.PORT), TimeZone.getTimeZone("UTC"), MOST);

    private void add(int port, int times) {
        List<Flow> flows = SomeFlows.to(port, times);
        flows.forEach(groups::add);
    }

    private long flowsOf(int port) {
        return groups.inOrder(null).stream()
                .filter(group -> group.names().equals(List.of(Integer.toString(port))))
                .mapToLong(FlowGroup::flows)
                .sum();
    }

    private long all() {
        long others = groups.others() == null ? 0 : groups.others().flows();
        return others
                + groups.inOrder(null).stream().mapToLong(FlowGroup::flows).sum();
    }

    @Test
    void nothingIsLostAndTheHeavyStay() {
        add(1, 30);
        add(2, 20);
        for (int port = 100; port < 200; port++) {
            add(port, 1);
        }
        add(1, 5);
        assertThat(groups.inOrder(null)).hasSizeLessThanOrEqualTo(MOST);
        assertThat(all()).isEqualTo(155);
        assertThat(flowsOf(1)).isEqualTo(35);
        assertThat(flowsOf(2)).isEqualTo(20);
        assertThat(groups.inOrder(null).get(0).estimated()).isFalse();
    }

    /** What was counted with the others is missing from a group that comes again, and that is said with its bound. */
    @Test
    void whatMayBeMissingIsSaid() {
        add(7, 3);
        for (int port = 100; port < 112; port++) {
            add(port, 4);
        }
        add(7, 2);
        FlowGroup again = groups.inOrder(null).stream()
                .filter(group -> group.names().equals(List.of("7")))
                .findFirst()
                .orElseThrow();
        assertThat(again.flows()).isEqualTo(2);
        assertThat(again.estimated()).isTrue();
        assertThat(groups.mostMissing()).isGreaterThanOrEqualTo(3);
        assertThat(all()).isEqualTo(53);
    }

    @Test
    void asLongAsThereIsRoomAllAreExact() {
        for (int port = 1; port <= MOST; port++) {
            add(port, port);
        }
        assertThat(groups.others()).isNull();
        assertThat(groups.mostMissing()).isZero();
        assertThat(groups.inOrder(null)).hasSize(MOST).noneMatch(FlowGroup::estimated);
    }
}
