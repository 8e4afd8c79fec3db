package tcpflowcheck.report;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Durations;
import tcpflowcheck.tcp.Measures;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.Timing;

/** Kept by one reporter: the numbers of a flow as JSON, what was counted and how long it took. */
final class JsonMeasures {
    private final JsonSink json;

    JsonMeasures(JsonSink json) {
        this.json = json;
    }

    void totals(Connection connection) {
        sides(
                "packets",
                connection.client().traffic().packets(),
                connection.server().traffic().packets());
        sides(
                "bytes",
                connection.client().traffic().octets(),
                connection.server().traffic().octets());
        sides(
                "missedBytes",
                connection.client().missedOctets(),
                connection.server().missedOctets());
    }

    void traffic(Connection connection) {
        json.key("traffic").beginObject();
        for (Side side : Side.values()) {
            Measures measures = connection.measures(side);
            json.key(side.toString()).beginObject().member("uniqueBytes", measures.uniqueOctets());
            json.member("retransmissions", measures.retransmissions());
            json.member("retransmittedBytes", measures.retransmittedOctets());
            json.member("lossBurstBytes", measures.longestBurst()).member("timeouts", measures.timeouts());
            json.member("longestTimeoutNanos", measures.longestTimeoutNanos());
            json.member("zeroWindowNanos", measures.zeroWindowNanos());
            json.member("bytesInFlight", measures.mostInFlight());
            roundTrips("rttByAck", measures.byAcks());
            roundTrips("rttByTimestamp", measures.byTimestamps());
            json.endObject();
        }
        json.endObject();
    }

    private void roundTrips(String key, Durations times) {
        json.key(key);
        if (times.count() == 0) {
            json.nothing();
            return;
        }
        json.beginObject().member("count", times.count()).member("minNanos", times.min());
        json.member("medianNanos", times.median()).member("p99Nanos", times.p99());
        json.member("maxNanos", times.max()).endObject();
    }

    void timing(Connection connection) {
        Timing timing = connection.timing();
        json.key("timing").beginObject().known("connectNanos", timing.connectNanos());
        json.known("requestNanos", timing.requestNanos()).known("firstOctetNanos", timing.firstOctetNanos());
        json.known("transferNanos", timing.transferNanos()).known("closeNanos", timing.closeNanos());
        json.member("longestSilenceNanos", timing.longestSilenceNanos());
        Reset reset = connection.reset();
        json.known("silenceBeforeResetNanos", reset == null ? -1 : reset.silenceNanos());
        json.member("silenceAtEndNanos", timing.silenceAtEndNanos()).endObject();
    }

    void sides(String key, long client, long server) {
        json.key(key)
                .beginObject()
                .member("client", client)
                .member("server", server)
                .endObject();
    }
}
