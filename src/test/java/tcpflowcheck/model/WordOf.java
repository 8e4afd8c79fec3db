package tcpflowcheck.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/**
 * Real connections as words of the model, without their text: numbers are relative and count SYN and FIN alone, and an ACK
 * that acknowledges nothing new of that kind is left out.
 */
final class WordOf {
    private final List<Character> word = new ArrayList<>();
    private final int firstPort;
    private final int[] isn = new int[2];
    private final int[] acked = new int[2];
    private final long[] fin = {Long.MAX_VALUE, Long.MAX_VALUE};
    private boolean secondKnown;

    private WordOf(TcpSegment first) {
        firstPort = first.sourcePort();
    }

    /** The words of all connections of a capture, by the port of the end that sent first. */
    static Map<Integer, char[]> of(Path capture) throws IOException, CaptureException {
        Map<Long, WordOf> words = new TreeMap<>();
        PacketDecoder decoder = new PacketDecoder();
        Frame frame = new Frame();
        try (FrameSource source = CaptureFile.open(capture.toString(), new ByteArrayInputStream(new byte[0]))) {
            while (source.next(frame)) {
                if (decoder.decode(frame) == Decoded.TCP) {
                    TcpSegment segment = decoder.segment();
                    long one = segment.sourcePort();
                    long other = segment.destinationPort();
                    long ports = Math.min(one, other) << 16 | Math.max(one, other);
                    words.computeIfAbsent(ports, key -> new WordOf(segment)).add(segment);
                }
            }
        }
        Map<Integer, char[]> byPort = new TreeMap<>();
        words.values().forEach(each -> byPort.put(each.firstPort, each.toArray()));
        return byPort;
    }

    private void add(TcpSegment segment) {
        int sender = segment.sourcePort() == firstPort ? 0 : 1;
        if (segment.isSyn()) {
            isn[sender] = segment.seq();
            secondKnown |= sender == 1;
        }
        boolean fromNowhere = segment.isRst() && sender == 1 && !secondKnown;
        int flags = (segment.isSyn() ? Segments.SYN : 0)
                | (segment.isAck() ? Segments.ACK : 0)
                | (segment.isFin() ? Segments.FIN : 0)
                | (segment.isRst() ? Segments.RST : 0);
        if (segment.isFin()) {
            fin[sender] = (segment.seq() - isn[sender] & 0xffff_ffffL) + segment.length();
        }
        int ack = segment.isAck() ? number(segment.ack(), 1 - sender) : 0;
        boolean bare = flags == Segments.ACK;
        if (!bare || ack > acked[sender]) {
            int seq = fromNowhere ? Segments.NOWHERE : number(segment.seq(), sender);
            int from = sender == 0 ? 0 : Segments.FROM_SECOND;
            word.add((char) (Segments.of(flags, seq, ack, 0) | from));
        }
        acked[sender] = Math.max(acked[sender], ack);
    }

    /** 0 is the SYN's, 1 that of all text and the FIN, 2 what is behind the FIN. */
    private int number(int seq, int sender) {
        long relative = seq - isn[sender] & 0xffff_ffffL;
        return relative == 0 ? 0 : relative > fin[sender] ? 2 : 1;
    }

    private char[] toArray() {
        char[] array = new char[word.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = word.get(i);
        }
        return array;
    }
}
