package tcpflowcheck.script;

import tcpflowcheck.wire.SegmentBuilder;

/** The options of a line, as tcpdump prints them, and some words for what tcpdump prints elsewhere. */
final class ScriptOptions {
    private ScriptOptions() {}

    static void add(SegmentBuilder builder, PacketScript.Line line, long peerIsn) {
        if (line.options() == null) {
            if (line.flags().contains("S")) {
                builder.mss(1460);
            }
            return;
        }
        for (String option : line.options().split(",")) {
            option(builder, line, peerIsn, option.strip().split("\\s+"));
        }
    }

    private static void option(SegmentBuilder builder, PacketScript.Line line, long peerIsn, String[] words) {
        switch (words[0]) {
            case "" -> {}
            case "none" -> {}
            case "same" -> {}
            case "octets" -> builder.payload(words[1].repeat(line.length()));
            case "nop" -> builder.nop();
            case "mss" -> builder.mss(Integer.parseInt(words[1]));
            case "wscale" -> builder.windowScale(Integer.parseInt(words[1]));
            case "sackOK" -> builder.sackPermitted();
            case "sack" -> builder.sack(edge(words[1], peerIsn), edge(words[2], peerIsn));
            case "TS" -> builder.timestamps(Long.parseLong(words[2]), Long.parseLong(words[4]));
            case "tfo" -> builder.fastOpen(words.length > 1 ? cookie(words[1]) : new byte[0]);
            case "urg" -> builder.urgentPointer(Integer.parseInt(words[1]));
            case "sum" -> builder.checksum(Integer.parseInt(words[1], 16));
            case "offload" -> builder.unfinishedChecksum();
            case "vxlan" -> builder.vxlan(Integer.parseInt(words[1], 16));
            case "raw" -> builder.options(cookie(words[1]));
            default -> throw new IllegalArgumentException("no such option: " + words[0]);
        }
    }

    private static long edge(String relative, long isn) {
        return isn + Long.parseLong(relative) & 0xffff_ffffL;
    }

    private static byte[] cookie(String hex) {
        byte[] octets = new byte[hex.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return octets;
    }
}
