package tcpflowcheck.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.FlowGroups;

/** The groups of one bucket's flows. */
final class BucketGroups extends FlowReporter {
    /**
     * Given: a group.
     *
     * @param others whether it is of the flows of groups that were too many
     * @param first its first frame
     * @param last its last
     */
    record Placed(FlowGroup group, boolean others, Place first, Place last) {}

    private final FlowGroups groups;
    private final FlowChoice only;
    private final Ordinals frames;

    BucketGroups(Settings settings, Ordinals frames) {
        this.frames = frames;
        only = settings.only();
        groups = new FlowGroups(settings.by(), settings.zone(), FlowGroups.MOST);
    }

    @Override
    public void flow(Flow flow) {
        if (only.has(flow)) {
            groups.add(flow);
        }
    }

    byte[] packed() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        List<FlowGroup> all = new ArrayList<>(groups.inOrder(null));
        if (groups.others() != null) {
            all.add(groups.others());
        }
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeInt(all.size());
            for (FlowGroup group : all) {
                group.write(out);
                out.writeBoolean(group == groups.others());
                for (long frame : new long[] {group.firstFrame(), group.lastFrame()}) {
                    out.writeLong(frames.clock(frame));
                    out.writeLong(frames.at(frame));
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }

    static List<Placed> unpacked(byte[] octets) {
        List<Placed> all = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            for (int left = in.readInt(); left > 0; left--) {
                FlowGroup group = FlowGroup.read(in);
                boolean others = in.readBoolean();
                Place first = new Place(in.readLong(), in.readLong());
                all.add(new Placed(group, others, first, new Place(in.readLong(), in.readLong())));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return all;
    }
}
