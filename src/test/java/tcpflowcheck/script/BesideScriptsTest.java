package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.SegmentBuilder;

/** The rules that no script can fire, and their near misses, by way of the whole program. */
class BesideScriptsTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long MILLI = 1_000_000;

    @TempDir
    Path folder;

    private final List<CapturedPacket> packets = new ArrayList<>();
    private long time = START;

    private void add(SegmentBuilder segment) {
        add(segment, 1);
    }

    private void add(SegmentBuilder segment, long millis) {
        time += millis * MILLI;
        packets.add(new CapturedPacket(time, segment.linkType(), segment.build()));
    }

    private byte[] capture() throws IOException {
        return CaptureWriter.variants().get(0).write(packets);
    }

    private String summary(String... options) throws IOException {
        return summary(capture(), options);
    }

    private String summary(byte[] capture, String... options) throws IOException {
        Path file = folder.resolve("x.pcap");
        Files.write(file, capture);
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "-q";
        all[options.length + 1] = file.toString();
        return Run.of(all).out();
    }

    private static String found(Rule rule) {
        return rule.slug();
    }

    private static SegmentBuilder syn(int host, int from, int to) {
        return new SegmentBuilder()
                .ipv4("10.0." + host / 250 + "." + (1 + host % 250), "10.9.0.1")
                .ports(from, to)
                .seq(1000)
                .flags("S")
                .mss(1460);
    }

    private static SegmentBuilder synAck(int host, int from, int to) {
        return syn(host, from, to).reverse().seq(9000).ack(1001).flags("SA");
    }

    private static SegmentBuilder ack(int host, int from, int to) {
        return syn(host, from, to).options().seq(1001).ack(9001).flags("A");
    }

    @Test
    @Fires(Rule.LAND)
    void land() throws IOException {
        add(new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.1").ports(80, 80).flags("S"));
        assertThat(summary()).contains("1 land");
    }

    @Test
    void landNeedsBothAndIsLegalOnLoopback() throws IOException {
        add(new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.1").ports(81, 80).flags("S"));
        add(new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(80, 80).flags("S"));
        add(new SegmentBuilder().ipv4("127.0.0.1", "127.0.0.1").ports(80, 80).flags("S"));
        add(new SegmentBuilder().ipv6("::1", "::1").ports(80, 80).flags("S"));
        assertThat(summary()).doesNotContain(found(Rule.LAND));
    }

    @Test
    @Fires(Rule.HEADER_LENGTH_INVALID)
    void headerLength() throws IOException {
        add(syn(0, 1, 80));
        add(syn(0, 1, 80).dataOffset(4));
        add(syn(0, 1, 80).dataOffset(15));
        add(syn(0, 2, 80).dataOffset(4));
        add(syn(0, 1, 80).options().dataOffset(5));
        assertThat(summary())
                .contains(
                        "3 header-length-invalid",
                        "header-length-invalid: segments of no flow with an impossible data offset: 1");
        Path file = folder.resolve("x.pcap");
        assertThat(Run.of("--json", file.toString()).out())
                .contains("data offset 4 is below 5", "\"frames\":[2,3],\"count\":2");
    }

    @Test
    @Fires(Rule.CHECKSUM_OFFLOAD)
    void offload() throws IOException {
        add(syn(0, 1, 80));
        add(synAck(0, 1, 80).checksum(pseudoHeader(24)));
        add(ack(0, 1, 80));
        assertThat(summary())
                .contains("checksum-offload: segments whose checksum offload explains: 1")
                .doesNotContain(found(Rule.CHECKSUM_BAD));
    }

    @Test
    void aSumThatIsOffByOneIsNotOffload() throws IOException {
        add(synAck(0, 1, 80).checksum(pseudoHeader(24) + 1));
        assertThat(summary()).contains("1 checksum-bad").doesNotContain(found(Rule.CHECKSUM_OFFLOAD));
    }

    /** The addresses of a capture were rewritten: nothing was dropped, whatever a receiver would make of it now. */
    @Test
    void sumsThatAreAllOffByOneNumberAreANote() throws IOException {
        add(syn(0, 1, 80).checksum(offSum(syn(0, 1, 80))));
        add(synAck(0, 1, 80).checksum(offSum(synAck(0, 1, 80))));
        assertThat(summary())
                .contains("checksum-bad: segments whose checksums are all off by one number")
                .doesNotContain("1 checksum-bad", "2 checksum-bad");
    }

    /** The checksum of a segment with an MSS option alone, off by 0x1111 in one's complement. */
    private static int offSum(SegmentBuilder segment) {
        byte[] frame = segment.build();
        int right = (frame[frame.length - 8] & 0xff) << 8 | (frame[frame.length - 7] & 0xff);
        int sum = right + 0x1111;
        return (sum & 0xffff) + (sum >>> 16);
    }

    @Test
    void aCutSegmentIsNotChecked() throws IOException {
        byte[] frame = ack(0, 1, 80).payload(100).checksum(1).build();
        assertThat(summary(cut(frame, frame.length - 1))).doesNotContain(found(Rule.CHECKSUM_BAD));
    }

    /** 10.9.0.1 and 10.0.0.1, protocol 6 and the length. */
    private static int pseudoHeader(int length) {
        return 0x0a09 + 0x0001 + 0x0a00 + 0x0001 + 6 + length;
    }

    @Test
    @Fires(Rule.SNAPPED)
    void snapped() throws IOException {
        byte[] frame = ack(0, 1, 80).payload(100).build();
        assertThat(summary(cut(frame, 60))).contains("snapped: frames cut by the snap length: 1");
        assertThat(summary(cut(frame, frame.length))).doesNotContain(found(Rule.SNAPPED));
    }

    private static byte[] cut(byte[] frame, int captured) {
        java.nio.ByteBuffer file = java.nio.ByteBuffer.allocate(40 + captured).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(65535).putInt(1).putInt(1).putInt(0).putInt(captured).putInt(frame.length);
        return file.put(frame, 0, captured).array();
    }

    @Test
    @Fires(Rule.FRAGMENT_MISSING)
    void fragmentMissing() throws IOException {
        SegmentBuilder text = ack(0, 1, 80).payload(100); // 120 octets of TCP
        add(text.copy().fragment(0, true));
        assertThat(summary()).contains("fragment-missing: packets of which fragments are missing: 1");
        add(text.copy().fragment(120, false));
        assertThat(summary()).doesNotContain(found(Rule.FRAGMENT_MISSING)).contains("1 flow");
    }

    @Test
    @Fires(Rule.FRAGMENT_OVERLAP)
    void fragmentOverlap() throws IOException {
        SegmentBuilder text = ack(0, 1, 80).payload(100);
        add(text.copy().fragment(0, true));
        add(text.copy().fragment(0, true));
        add(text.copy().payload(200).fragment(120, true).ipLength(140));
        assertThat(summary()).doesNotContain(found(Rule.FRAGMENT_OVERLAP));
        add(text.copy().fragment(112, false));
        assertThat(summary()).contains("fragment-overlap: fragments that contradict others: 1");
    }

    @Test
    @Fires(Rule.CLOCK_BACKWARDS)
    void clockBackwards() throws IOException {
        add(syn(0, 1, 80));
        add(synAck(0, 1, 80), 5);
        add(ack(0, 1, 80), -3);
        assertThat(summary()).contains("clock-backwards: frames older than the one before: 1");
    }

    @Test
    void equalTimesAreNotBackwards() throws IOException {
        add(syn(0, 1, 80));
        add(synAck(0, 1, 80), 0);
        assertThat(summary()).doesNotContain(found(Rule.CLOCK_BACKWARDS));
    }

    @Test
    @Fires(Rule.CAPTURE_CUT)
    void captureCut() throws IOException {
        add(syn(0, 1, 80));
        byte[] whole = capture();
        assertThat(summary(Arrays.copyOf(whole, whole.length - 1))).contains("1 capture-cut");
        assertThat(summary(whole)).doesNotContain(found(Rule.CAPTURE_CUT));
    }

    @Test
    @Fires(Rule.SYN_FLOOD)
    void synFlood() throws IOException {
        for (int i = 0; i < 250; i++) {
            add(syn(i, 1000, 80));
        }
        assertThat(summary()).contains("syn-flood: 10.9.0.1.80: 250 half-open");
        assertThat(summary("--syn-flood-rate", "51")).doesNotContain(found(Rule.SYN_FLOOD));
    }

    @Test
    void aBusyServerIsNotFlooded() throws IOException {
        for (int i = 0; i < 2000; i++) {
            add(syn(i, 1000, 80));
            if (i >= 300) {
                add(synAck(i - 300, 1000, 80), 0);
                add(ack(i - 300, 1000, 80), 0);
            }
        }
        add(syn(0, 1000, 81), 5000);
        assertThat(summary()).contains("300 unanswered").doesNotContain(found(Rule.SYN_FLOOD));
    }

    @Test
    void aFloodIsSeenThoughAsManySpoofedKeysAsTheTableHasPassBy() throws IOException {
        for (int i = 0; i < 300; i++) {
            add(syn(i, 1000, 80), 0);
        }
        for (int i = 0; i < 40_000; i++) {
            add(
                    new SegmentBuilder()
                            .ipv4("10.1.0.1", "11." + i / 40_000 + "." + i / 250 + "." + (1 + i % 250))
                            .ports(1000, 80)
                            .flags("S"),
                    0);
        }
        assertThat(summary("--scan-size", "1000000")).contains("syn-flood: 10.9.0.1.80: 300 half-open");
    }

    @Test
    @Fires(Rule.PORT_SCAN)
    void portScan() throws IOException {
        for (int port = 1; port <= 40; port++) {
            add(syn(0, 1000, port));
            add(synAck(0, 1000, port).flags("RA").options().seq(0), 0);
        }
        assertThat(summary())
                .contains("port-scan: 10.0.0.1: 40 ports of 10.9.0.1 refuse")
                .doesNotContain(found(Rule.HOST_SCAN));
    }

    /** nmap's -sF, -sN and -sX: an open port says nothing, a closed one RST. */
    @ParameterizedTest
    @ValueSource(strings = {"F", "", "FPU"})
    void portScanWithoutSyn(String flags) throws IOException {
        for (int port = 60_001; port <= 60_040; port++) {
            add(syn(0, 1000, port).flags(flags).options());
            if (port % 2 == 0) {
                add(synAck(0, 1000, port).flags("RA").options().seq(0), 0);
            }
        }
        assertThat(summary())
                .contains("port-scan: 10.0.0.1: 40 ports of 10.9.0.1 refuse")
                .doesNotContain(found(Rule.HOST_SCAN));
    }

    /** The rest of connections that were open before the capture, and RSTs of ones that are no more. */
    @ParameterizedTest
    @ValueSource(strings = {"FA", "A", "R", "RA"})
    void segmentsOfOldConnectionsAreNoScan(String flags) throws IOException {
        for (int port = 60_001; port <= 60_040; port++) {
            add(syn(0, 1000, port).flags(flags).options());
            add(synAck(0, 1000, port).flags("RA").options().seq(0), 0);
        }
        assertThat(summary()).doesNotContain("-scan");
    }

    @Test
    void aScanOfManyPortsIsCountedTheSameInEachRun() throws IOException {
        for (int port = 1; port <= 1000; port++) {
            add(syn(0, 1000, port));
            add(synAck(0, 1000, port).flags("RA").options().seq(0), 0);
        }
        assertThat(summary())
                .containsPattern("port-scan: 10\\.0\\.0\\.1: about (9[5-9].|10[0-4].) ports of ")
                .isEqualTo(summary());
    }

    @Test
    void onePortTriedOftenIsNoScan() throws IOException {
        for (int i = 0; i < 100; i++) {
            add(syn(0, 1000 + i, 80));
            add(synAck(0, 1000 + i, 80).flags("RA").options().seq(0), 0);
        }
        assertThat(summary()).doesNotContain("-scan");
    }

    @Test
    @Fires(Rule.HOST_SCAN)
    void hostScan() throws IOException {
        for (int host = 0; host < 40; host++) {
            add(syn(host, 80, 1000).reverse());
        }
        add(syn(0, 81, 1000), 10_000); // only now is it known that nothing answers
        assertThat(summary())
                .contains("host-scan: 10.9.0.1: 40 hosts refuse it or do not answer on port 80")
                .doesNotContain(found(Rule.PORT_SCAN));
    }

    /** A router that answers for ports and hosts says that they are not open, as an RST does. */
    @Test
    void whatIcmpErrorsAnswerIsScannedToo() throws IOException {
        for (int port = 1; port <= 40; port++) {
            add(syn(0, 1000, port));
            time += MILLI;
            IcmpBuilder error =
                    IcmpBuilder.answer("10.9.0.254", 3, 13, syn(0, 1000, port).packet());
            packets.add(new CapturedPacket(time, error.linkType(), error.build()));
        }
        assertThat(summary())
                .contains("port-scan: 10.0.0.1: 40 ports of 10.9.0.1 refuse", "40 unreachable")
                .contains("40 handshake-unreachable", "ICMP       40 errors about these flows");
    }

    @Test
    void manyUsersBehindOneAddressAreNoScan() throws IOException {
        for (int i = 0; i < 200; i++) {
            add(syn(i, 443, 1000 + i).reverse());
            if (i % 4 != 0) {
                add(synAck(i, 443, 1000 + i).reverse(), 0);
                add(ack(i, 443, 1000 + i).reverse(), 0);
            }
        }
        assertThat(summary()).doesNotContain("-scan");
    }

    @Test
    void whatOnlyTheOctetsTellApartIsNoCopy() throws IOException {
        add(syn(0, 1000, 80));
        add(synAck(0, 1000, 80));
        add(ack(0, 1000, 80));
        SegmentBuilder text = ack(0, 1000, 80).unfinishedChecksum();
        add(text.copy().payload("one and the same"));
        add(text.copy().payload("one and the same"));
        add(text.copy().payload("one or the other"));
        assertThat(summary())
                .contains("1 " + Rule.DUPLICATE_FRAME)
                .contains("1 " + Rule.OVERLAP_CONFLICT)
                .contains("1 " + Rule.RETRANSMISSION);
    }

    @Test
    void anIdentificationFromThePeerIsASign() throws IOException {
        SegmentBuilder rst = ack(0, 1000, 80).reverse().seq(9001).ack(1001).flags("RA");
        answered(rst.copy().id(7).ttl(50));
        assertThat(summary()).contains("1 " + Rule.RESET_SUSPECT);
        packets.clear();
        answered(rst.copy().id(8).ttl(50));
        assertThat(summary()).doesNotContain(found(Rule.RESET_SUSPECT));
        packets.clear();
        answered(rst.copy().id(7));
        assertThat(summary()).doesNotContain(found(Rule.RESET_SUSPECT));
    }

    private void answered(SegmentBuilder rst) {
        add(syn(0, 1000, 80).id(5));
        add(synAck(0, 1000, 80).id(900));
        add(ack(0, 1000, 80).id(6));
        add(ack(0, 1000, 80).id(7).payload("text"));
        add(rst);
    }

    @Test
    void optionsThatWereCutAreUnknown() throws IOException {
        int options = 14 + 20 + 20;
        addCut(syn(0, 1000, 80).options().sackPermitted().mss(1460).timestamps(1, 0), options + 2);
        addCut(synAck(0, 1000, 80).options().sackPermitted().mss(1460).timestamps(9, 1), options + 2);
        addCut(ack(0, 1000, 80).nop().nop().timestamps(2, 9), options + 12);
        addCut(ack(0, 1000, 80).payload("text"), options);
        assertThat(summary())
                .doesNotContain(found(Rule.MSS_ABSENT))
                .doesNotContain(found(Rule.OPTION_UNNEGOTIATED))
                .doesNotContain(found(Rule.TIMESTAMPS_MISSING));
    }

    private void addCut(SegmentBuilder segment, int octets) {
        byte[] frame = segment.build();
        time += MILLI;
        byte[] captured = Arrays.copyOf(frame, Math.min(octets, frame.length));
        packets.add(new CapturedPacket(time, segment.linkType(), frame.length, captured));
    }
}
