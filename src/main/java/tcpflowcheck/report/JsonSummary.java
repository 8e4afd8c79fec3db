package tcpflowcheck.report;

import java.util.List;
import java.util.Map;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.report.group.MostFound;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.Decoded;

/** What JSON says of a capture as a whole, beside its name. */
final class JsonSummary {
    private final JsonSink json;

    JsonSummary(JsonSink json) {
        this.json = json;
    }

    /** Writes the members of the object that has begun. */
    void members(Summary summary) {
        json.member("frames", summary.frames());
        json.member("tcpSegments", summary.count(Decoded.TCP)).member("notTcp", summary.notTcp());
        json.key("icmpErrors").beginObject().member("matched", summary.icmpMatched());
        json.member("unmatched", summary.icmpUnmatched()).endObject();
        counts("undecodable", summary.undecodable());
        json.member("flows", summary.flows());
        if (!summary.countsAll()) {
            json.member("chosen", summary.chosen());
        }
        counts("handshakes", summary.handshakes());
        counts("closes", summary.closes());
        counts("resets", summary.resets());
        counts("findings", summary.findings());
        who(summary);
        captureFindings(summary.captureFindings().list());
        json.member("complete", summary.complete()).member("evicted", summary.evicted());
        json.member("late", summary.late()).member("missedBytes", summary.missedOctets());
        json.member("flowsInOneDirection", summary.flowsOneWay());
        json.key("dropped");
        if (summary.droppedByKernel() < 0) {
            json.nothing();
        } else {
            json.beginObject().member("kernel", summary.droppedByKernel());
            json.member("interface", summary.droppedByInterface()).endObject();
        }
        if (!summary.comments().isEmpty()) {
            json.key("comments").beginArray();
            summary.comments().forEach(json::value);
            json.endArray();
        }
    }

    private void who(Summary summary) {
        MostFound most = summary.mostFound();
        json.key("who").beginObject();
        for (Rule rule : summary.findings().keySet()) {
            List<MostFound.End> ends = most.most(rule, MostFoundText.ENDS);
            if (ends.isEmpty()) {
                continue;
            }
            json.key(rule.toString()).beginArray();
            for (MostFound.End end : ends) {
                json.beginObject().key("address");
                json.address(end.ipVersion(), end.addressHigh(), end.addressLow());
                json.known("port", end.port()).member("flows", end.flows());
                json.known("of", most.flowsOf(end)).member("estimated", end.estimated());
                json.key("firstFrame").frame(end.firstFrame());
                json.member("first", end.first()).member("last", end.last()).endObject();
            }
            json.endArray();
        }
        json.endObject();
    }

    private void captureFindings(List<CaptureFinding> findings) {
        json.key("captureFindings").beginArray();
        for (CaptureFinding finding : findings) {
            json.beginObject().member("rule", finding.rule());
            json.member("severity", finding.severity()).key("firstFrame").frame(finding.firstFrame());
            json.member("count", finding.count()).member("message", finding.message());
            json.endObject();
        }
        json.endArray();
    }

    private void counts(String key, Map<?, Long> counts) {
        json.key(key).beginObject();
        for (Map.Entry<?, Long> each : counts.entrySet()) {
            json.member(each.getKey().toString(), each.getValue());
        }
        json.endObject();
    }
}
