package tcpflowcheck.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.group.Compared;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.FlowGroups;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Durations;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Side;

/** Groups of flows as JSON, an object of type {@code group} a line; {@code flow.schema.json} has it. */
public final class GroupsJson {
    private final JsonSink json;

    public GroupsJson(JsonSink json) {
        this.json = json;
    }

    /**
     * Writes one object.
     *
     * @param keys what its flows have in common; null for the flows of all groups that are not written
     */
    public void write(@Nullable List<GroupKey> keys, FlowGroup group) {
        by(keys, group.names());
        numbers(group);
        json.endObject().endLine();
    }

    /** Writes one object, with the numbers of another capture as well; zero for one that has none of it. */
    void write(List<GroupKey> keys, Compared pair) {
        by(keys, pair.names());
        numbers(pair.now() == null ? FlowGroups.together("", List.of()) : pair.now());
        json.key("against").beginObject();
        numbers(pair.then() == null ? FlowGroups.together("", List.of()) : pair.then());
        json.endObject().endObject().endLine();
    }

    private void by(@Nullable List<GroupKey> keys, List<String> names) {
        json.beginObject().member("type", "group").member("schema", JsonReporter.SCHEMA);
        if (keys == null) {
            json.key("by").nothing();
        } else {
            json.key("by").beginObject();
            for (int i = 0; i < keys.size(); i++) {
                json.member(keys.get(i).toString(), names.get(i));
            }
            json.endObject();
        }
    }

    private void numbers(FlowGroup group) {
        json.member("flows", group.flows()).member("estimated", group.estimated());
        json.member("opened", group.opened()).key("handshakes").beginObject();
        for (Handshake.Kind kind : Handshake.Kind.values()) {
            counted(kind.toString(), group.count(kind));
        }
        json.endObject().key("closes").beginObject();
        for (Closing.Kind kind : Closing.Kind.values()) {
            counted(kind.toString(), group.count(kind));
        }
        json.endObject();
        sides("resetsBy", group.resetsBy(Side.CLIENT), group.resetsBy(Side.SERVER));
        json.member("flowsWithFindings", group.flowsWithFindings());
        durations("connect", group.connect());
        durations("firstOctet", group.firstOctet());
        sides("bytes", group.octets(Side.CLIENT), group.octets(Side.SERVER));
        json.member("segments", group.segments()).member("retransmissions", group.retransmissions());
        json.member("retransmittedBytes", group.retransmittedOctets());
        boolean none = group.flows() == 0;
        if (none) {
            json.key("firstFrame").nothing().key("lastFrame").nothing();
            json.key("start").nothing().key("end").nothing();
        } else {
            json.key("firstFrame").frame(group.firstFrame());
            json.key("lastFrame").frame(group.lastFrame());
            json.member("start", group.start()).member("end", group.end());
        }
    }

    private void counted(String key, long count) {
        if (count > 0) {
            json.member(key, count);
        }
    }

    private void sides(String key, long client, long server) {
        json.key(key)
                .beginObject()
                .member("client", client)
                .member("server", server)
                .endObject();
    }

    private void durations(String key, Durations durations) {
        json.key(key);
        if (durations.count() == 0) {
            json.nothing();
            return;
        }
        json.beginObject().member("count", durations.count()).member("minNanos", durations.min());
        json.member("medianNanos", durations.median()).member("p99Nanos", durations.p99());
        json.member("maxNanos", durations.max()).endObject();
    }
}
