package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.SegmentBuilder;

/** The same connection under another address, which no script can write: with a NAT between, and past it. */
class OtherAddressTest {
    private static final String CLIENT = "192.0.2.10";
    private static final String SERVER = "203.0.113.80";
    private static final String INSIDE = "10.1.2.3";

    @TempDir
    Path folder;

    private final List<CapturedPacket> packets = new ArrayList<>();
    private long time = 1_700_000_000_000_000_000L;
    private int identification;

    private static SegmentBuilder segment(String from, String to, String flags, long seq, long ack) {
        boolean fromClient = from.equals(CLIENT);
        return new SegmentBuilder()
                .ipv4(from, to)
                .ports(fromClient ? 40_000 : 80, fromClient ? 80 : 40_000)
                .seq(seq)
                .ack(ack)
                .flags(flags);
    }

    /** From the client's ISN 1000 or the server's 5000 on. */
    private static SegmentBuilder from(boolean client, String other, String flags, long seq, long ack) {
        long theirs = flags.contains("A") ? (client ? 5000 : 1000) + ack : 0;
        return client
                ? segment(CLIENT, other, flags, 1000 + seq, theirs)
                : segment(other, CLIENT, flags, 5000 + seq, theirs);
    }

    private void add(SegmentBuilder segment, long micros) {
        time += micros * 1000;
        packets.add(new CapturedPacket(
                time, segment.linkType(), segment.id(++identification).build()));
    }

    private void copy(SegmentBuilder segment, long micros) {
        time += micros * 1000;
        packets.add(new CapturedPacket(
                time, segment.linkType(), segment.id(identification).build()));
    }

    private void open(String server) {
        add(from(true, server, "S", 0, 0), 1000);
        add(from(false, server, "SA", 0, 1), 1000);
        add(from(true, server, "A", 1, 1), 1000);
    }

    private String told(String... more) throws IOException {
        Path file = folder.resolve("x.pcap");
        Files.write(file, CaptureWriter.variants().get(0).write(packets));
        List<String> options = new ArrayList<>(List.of(more));
        options.add(file.toString());
        String held = Run.of("--json", file.toString()).out();
        String seen = Run.of(options.toArray(new String[0])).out();
        assertThat(held.contains("NAT") || held.contains("untranslated"))
                .isEqualTo(seen.contains("NAT") || seen.contains("untranslated"));
        return seen;
    }

    @Test
    @Fires(Rule.NAT_BYPASS)
    void aSegmentLeaksUntranslated() throws IOException {
        open(SERVER);
        add(from(true, SERVER, "PA", 1, 1).payload(100), 1000);
        add(from(false, SERVER, "PA", 1, 101).payload(500), 1000);
        add(from(false, INSIDE, "A", 1, 101).payload(500), 10_000);
        add(from(true, INSIDE, "R", 101, 0), 50);
        assertThat(told())
                .contains(
                        "1 nat-bypass",
                        "untranslated: its numbers are those of stream 0, where 10.1.2.3.80 is 203.0.113.80.80",
                        "stream 1 has its numbers untranslated, where 203.0.113.80.80 is 10.1.2.3.80");
        assertThat(told("--json"))
                .contains("those of stream 0", "stream 1 has its numbers untranslated, where 203.0.113.80.80");
    }

    @Test
    void theAnswerComesFromAnotherAddress() throws IOException {
        add(from(true, SERVER, "S", 0, 0), 1000);
        add(from(false, INSIDE, "SA", 0, 1), 1000);
        add(from(true, INSIDE, "R", 1, 0), 50);
        assertThat(told()).contains("1 nat-bypass");
    }

    @Test
    void soDoesARefusal() throws IOException {
        add(from(true, SERVER, "S", 0, 0), 1000);
        add(from(false, INSIDE, "RA", -5000, 1), 1000);
        assertThat(told()).contains("1 nat-bypass");
    }

    @Test
    void theClientsAddressLeaks() throws IOException {
        open(SERVER);
        add(segment("10.9.9.9", SERVER, "FA", 1001, 5001).ports(40_000, 80), 100_000);
        assertThat(told()).contains("where 10.9.9.9.40000 is 192.0.2.10.40000");
    }

    @Test
    void afterTheResetTheRestLeaks() throws IOException {
        open(SERVER);
        add(from(true, SERVER, "RA", 1, 1), 1000);
        add(from(false, INSIDE, "PA", 1, 1).payload(500), 2000);
        assertThat(told()).contains("1 nat-bypass");
    }

    @Test
    void oneNumberAloneIsChance() throws IOException {
        open(SERVER);
        add(from(false, INSIDE, "A", 1, 50_000_000), 1000);
        add(segment("10.4.4.4", CLIENT, "A", 80_000_000, 1001), 1000);
        add(segment("10.5.5.5", CLIENT, "SA", 5000, 90_001_002), 1000);
        add(segment("10.6.6.6", CLIENT, "R", 5002, 0), 1000);
        assertThat(told()).doesNotContain("nat-bypass", "NAT");
    }

    @Test
    void anotherHostWithTheSamePortsIsNone() throws IOException {
        open(SERVER);
        add(segment("10.9.9.9", "203.0.113.81", "A", 1001, 5001).ports(40_000, 80), 1000);
        assertThat(told()).doesNotContain("nat-bypass", "NAT");
    }

    @Test
    void capturedBeforeAndBehindANat() throws IOException {
        for (String flags : List.of("S", "SA", "A")) {
            boolean client = !flags.equals("SA");
            long ack = flags.equals("S") ? 0 : 1;
            add(from(client, SERVER, flags, flags.equals("A") ? 1 : 0, ack), 1000);
            copy(from(client, INSIDE, flags, flags.equals("A") ? 1 : 0, ack), 20);
        }
        assertThat(told())
                .contains(
                        "1 duplicate-frame",
                        "captured before and behind a NAT: this is stream 0 again, where 10.1.2.3.80 is 203.0.113.80.80",
                        "captured before and behind a NAT: stream 1 is this again, where 203.0.113.80.80 is 10.1.2.3.80")
                .doesNotContain("nat-bypass");
    }

    /** What has been told says nothing more. */
    @Test
    void theOtherFlowMayHaveEnded() throws IOException {
        open(SERVER);
        add(from(true, SERVER, "RA", 1, 1), 1000);
        add(from(false, INSIDE, "PA", 1, 1).payload(500), 600_000_000);
        assertThat(told("--idle-timeout", "60")).doesNotContain("stream 1 has its numbers");
    }

    @Test
    void midstreamToo() throws IOException {
        add(from(true, SERVER, "PA", 1, 1).payload(100), 1000);
        add(from(false, SERVER, "A", 1, 101), 1000);
        copy(from(false, INSIDE, "A", 1, 101), 20);
        assertThat(told()).contains("before and behind a NAT").doesNotContain("nat-bypass");
    }

    /** A scanner sends one SYN to many, and each answers with numbers of its own. */
    @Test
    void oneSynToManyIsNone() throws IOException {
        for (int host = 1; host < 20; host++) {
            SegmentBuilder syn = segment(CLIENT, "203.0.113." + host, "S", 1000, 0);
            copy(syn, 100);
            add(segment("203.0.113." + host, CLIENT, "SA", host * 100_000_000L, 1001), 1000);
            add(segment(CLIENT, "203.0.113." + host, "R", 1001, 0), 10);
            identification = 7;
        }
        assertThat(told()).doesNotContain("nat-bypass", "NAT");
    }
}
