package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * Segments for each thing that a line can say. What tcpdump 4.99.3 printed for them ({@code tcpdump -n -t}) is in the
 * resource {@code segment-lines.txt}, in the same order.
 */
final class SegmentVectors {
    private final List<Frame> frames = new ArrayList<>();

    static List<Frame> all() {
        SegmentVectors all = new SegmentVectors();
        all.connection();
        all.baseRecordedMidstream();
        all.portsUsedAgain();
        all.equalPorts();
        all.flags();
        all.options();
        all.malformedOptions();
        all.experiments();
        all.multipathHandshake();
        all.multipathData();
        all.multipathAddresses();
        all.addresses();
        all.extensionHeaders();
        all.cut();
        all.badDataOffset();
        return all.frames;
    }

    private void connection() {
        SegmentBuilder client = client();
        SegmentBuilder server = client().reverse();
        add(client.copy()
                .flags("S")
                .seq(4294967290L)
                .mss(1460)
                .nop()
                .windowScale(7)
                .sackPermitted());
        add(server.copy().flags("S.").seq(5000).ack(4294967291L).mss(1406).sackPermitted());
        add(client.copy().flags(".").seq(4294967291L).ack(5001));
        add(client.copy().flags("P.").seq(4294967291L).ack(5001).payload(10));
        add(server.copy().flags(".").seq(5001).ack(5).nop().nop().sack(15, 25, 35, 45));
        add(client.copy().flags(".").seq(4).ack(5001));
        add(client.copy().flags("F.").seq(5).ack(5001));
        add(server.copy().flags("F.").seq(5001).ack(6));
        add(client.copy().flags("R").seq(6));
        add(client.copy().flags("R.").seq(6).ack(5002));
        add(client.copy().flags("S.").seq(900).ack(100));
        add(server.copy().flags(".").seq(100).ack(901));
    }

    private void baseRecordedMidstream() {
        SegmentBuilder client = client().ports(1001, 20_000);
        SegmentBuilder server = client.copy().reverse();
        add(client.copy().flags("P.").seq(7000).ack(9000).payload(2).sack(9100, 9200));
        add(client.copy().flags("P.").seq(7000).ack(9000).payload(2).sack(9100, 9200));
        add(server.copy().flags("P.").seq(9000).ack(7002).payload(3).sack(7100, 7200));
        add(server.copy().flags("P").seq(9003).ack(7002).payload(3).sack(7100, 7200));
        add(server.copy().flags(".").seq(8000).ack(6000).payload(1));
    }

    private void portsUsedAgain() {
        SegmentBuilder client = client().ports(1002, 20_000);
        SegmentBuilder server = client.copy().reverse();
        add(client.copy().flags("S").seq(100));
        add(server.copy().flags("S.").seq(200).ack(101));
        add(client.copy().flags(".").seq(101).ack(201));
        add(client.copy().flags("S").seq(70_100));
        add(client.copy().flags(".").seq(70_101).ack(80_201));
        add(server.copy().flags("S.").seq(80_200).ack(70_101));
        add(client.copy().flags(".").seq(70_101).ack(80_201));
        add(server.copy().flags("S.").seq(80_200).ack(70_101));
    }

    private void equalPorts() {
        SegmentBuilder high = client().ipv4("200.0.0.1", "100.0.0.1").ports(20_000, 20_000);
        add(high.copy().flags(".").seq(100).ack(200));
        add(high.copy().flags(".").seq(101).ack(205).payload(1).sack(300, 301));
        add(high.copy().reverse().flags(".").seq(205).ack(102).payload(1).sack(300, 301));
        SegmentBuilder high6 = client().ipv6("fe80::1", "2001::1").ports(20_000, 20_000);
        add(high6.copy().flags(".").seq(100).ack(200));
        add(high6.copy().flags(".").seq(101).ack(205).payload(1).sack(300, 301));
        add(high6.copy().reverse().flags(".").seq(205).ack(102).payload(1).sack(300, 301));
    }

    private void flags() {
        SegmentBuilder segment = client().ports(1003, 20_000).seq(3_000_000_000L);
        add(segment.copy().flags(""));
        add(segment.copy().flags("").payload(5));
        add(segment.copy().flags("FSRP.UEW").urgentPointer(65_535));
        add(segment.copy().flags("SEW"));
        add(segment.copy().flags("FPU").urgentPointer(7).window(0));
        add(segment.copy().flags("U").urgentPointer(0));
    }

    private void options() {
        add(option().options(hex("01010101 00000000")));
        add(option().option(2, hex("ffff")).option(3, hex("ff")).option(4));
        add(option().timestamps(4294967295L, 1));
        add(option().sack(1, 2, 3, 4294967295L));
        add(option().option(5));
        add(option().option(6, hex("80000000")).option(7, hex("00000001")));
        add(option().option(11, hex("00000001")).option(12, hex("00000002")).option(13, hex("00000003")));
        add(option().option(19, hex("000102030405060708090a0b0c0d0e0f")));
        add(option().option(20, hex("a0ff")));
        add(option().option(28, hex("800a")).option(28, hex("0003")).option(28, hex("0000")));
        add(option().option(29, hex("0102")).option(29, hex("ff03aabbcc")).option(29, hex("01")));
        add(option().fastOpen().fastOpen(hex("0102030405060708")));
        add(option().fastOpen(hex("0102")).fastOpen(hex("010203")));
        add(option().option(9).option(14, hex("01")).option(255, hex("0fff")));
    }

    private void malformedOptions() {
        add(option().options(hex("02 04 05 b4 08 0c 00000001 00000002 01 01")));
        add(option().options(hex("02 03 05 b4")));
        add(option().options(hex("03 04 07 01")));
        add(option().options(hex("04 03 01 01")));
        add(option().options(hex("05 08 00000001 0000 01 01 01 01")));
        add(option().options(hex("08 01 0000")));
        add(option().options(hex("01 01 08 00")));
        add(option().options(hex("08 0a 0000")));
        add(option().options(hex("02 02 01 01")));
        add(option().options(hex("01 01 02 02")));
        add(option().options(hex("01 01 01 02")));
        add(option().options(hex("01 01 01 02")).payload(1));
        add(option().options(hex("fe 03 aa 01")));
        add(option().options(hex("1e 02 01 01")));
    }

    private void experiments() {
        add(option().option(254, hex("f989")));
        add(option().option(254, hex("f989 01020304")));
        add(option().option(254, hex("f989 010203")));
        add(option().option(254, hex("acc0 000001")));
        add(option().option(254, hex("0001")).option(253, hex("f989")));
    }

    private void multipathHandshake() {
        String[] capable = {
            "00 81",
            "01 01",
            "02 81",
            "01 81 0102030405060708",
            "00 01 0102030405060708 1112131415161718",
            "00 01 0102030405060708 1112131415161718 0001",
            "01 01 010203"
        };
        for (String value : capable) {
            add(option().flags("S").option(30, hex(value)));
            add(option().flags(".").option(30, hex(value)));
        }
        String[] join = {
            "11 05 00000001 0a0b0c0d",
            "10 06 0102030405060708 0a0b0c0d",
            "10 00 000102030405060708090a0b0c0d0e0f10111213"
        };
        for (String value : join) {
            add(option().flags("S").option(30, hex(value)));
            add(option().flags("S.").option(30, hex(value)));
            add(option().flags(".").option(30, hex(value)));
        }
    }

    private void multipathData() {
        String[] dss = {
            "20",
            "20 00",
            "20 10",
            "20 01 00000001",
            "20 03 8000000000000001",
            "20 03 00000001",
            "20 04 00000001 00000002 0003",
            "20 04 00000001 00000002 0003 abcd",
            "20 04 00000001 00000002 00",
            "20 04 00000001 0000",
            "20 1f ffffffffffffffff 8000000000000000 00000002 0003",
            "20 04 000000",
            "20 0c 00000001",
            "20 01 00000001 01"
        };
        for (String value : dss) {
            add(option().flags(".").option(30, hex(value)));
        }
        add(option().flags("S").option(30, hex("20 01 00000001")));
    }

    private void multipathAddresses() {
        String[] values = {
            "30 01 0a000001",
            "31 02 0a000001 1f90",
            "34 03 0a000001 0102030405060708",
            "36 03 0a000001 1f90 0102030405060708",
            "30 04 20010db8000000000000000000000001",
            "32 05 20010db8000000000000000000000001 1f90",
            "30 06 20010db8000000000000000000000001 0102030405060708",
            "30 07 20010db8000000000000000000000001 1f90 0102030405060708",
            "30 01 0a00",
            "40",
            "40 01",
            "40 01 02 ff",
            "50",
            "51",
            "51 07",
            "50 07 00",
            "60 00 8000000000000001",
            "60 00 01",
            "70 00 0002030405060708",
            "70 00",
            "80",
            "f0 0102"
        };
        for (String value : values) {
            add(option().flags(".").option(30, hex(value)));
        }
    }

    private void addresses() {
        String[] addresses = {
            "::",
            "::1",
            "::1.2.3.4",
            "::ffff:1.2.3.4",
            "::fffe:1.2.3.4",
            "1::",
            "fe80::1:0:0:1",
            "1:0:0:2:0:0:0:3",
            "1:0:2:3:4:5:6:7",
            "2001:db8::",
            "0:1:2:3:4:5:6:0",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        };
        for (String address : addresses) {
            add(option().ipv6(address, "2001:db8::1"));
        }
        add(option().ipv4("0.0.0.0", "255.100.99.10").vlan(7));
        add(option().ipv4("1.20.200.0", "9.10.11.199").vlan(7, 8));
    }

    private void extensionHeaders() {
        SegmentBuilder segment = option().ipv6("fe80::1", "fe80::2");
        add(segment.copy().extension(0, hex("01 04 00000000")));
        add(segment.copy().extension(0, hex("01 04 00000000")).extension(60, hex("01 0c")));
        add(segment.copy().fragment(0, false));
        add(segment.copy().extension(51, hex("0000 01020304 00000005 0a0b0c0d 0e0f1011")));
        add(segment.copy().extension(43, hex("02 00 00000000 20010db8000000000000000000000001")));
        add(segment.copy().extension(43, hex("00 00 00000001 20010db8000000000000000000000001")));
        add(segment.copy().extension(43, hex("04 00 00 80 000a 20010db8000000000000000000000001")));
    }

    private void cut() {
        SegmentBuilder segment = option().timestamps(1, 2).sack(1, 2, 3, 4).payload(8);
        for (int snap = 54; snap < 94; snap++) {
            cut(segment, snap, 0);
        }
        SegmentBuilder rest = option().options(hex("1d 06 0102 abcd 63 06 01020304 1e 03 80 01 00 00 00 00"));
        for (int snap = 54; snap < 74; snap++) {
            cut(rest.payload(1), snap, 0);
            cut(rest.payload(0), snap, 0);
        }
        cut(option().payload(50), 80, 24);
        cut(option().ipv6("fe80::1", "fe80::2").payload(50), 100, 24);
        cut(
                option().ipv6("fe80::1", "fe80::2")
                        .extension(0, hex("01 04 00000000"))
                        .payload(1),
                83,
                1);
    }

    private void badDataOffset() {
        add(option().dataOffset(4).payload(1));
        add(option().dataOffset(0));
        add(option().dataOffset(6));
        add(option().dataOffset(15).payload(39).flags("S"));
    }

    private static SegmentBuilder client() {
        return new SegmentBuilder()
                .ipv4("10.0.0.1", "10.0.0.2")
                .ports(1000, 20_000)
                .window(512);
    }

    /** Of a pair of its own, so that no numbers are relative to an earlier one's. */
    private SegmentBuilder option() {
        return client().ports(40_000 + frames.size(), 20_000).flags(".").seq(1).ack(1);
    }

    private void add(SegmentBuilder segment) {
        frames.add(segment.frame(frames.size() + 1, 0));
    }

    private void cut(SegmentBuilder segment, int snapLength, int missing) {
        Frame whole = segment.frame(frames.size() + 1, 0);
        Frame frame = new Frame();
        int wire = whole.wireLength() - missing;
        frame.wrap(
                Frame.words(whole.buffer()), 0, Math.min(snapLength, wire), wire, whole.linkType(), whole.number(), 0);
        frames.add(frame);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
