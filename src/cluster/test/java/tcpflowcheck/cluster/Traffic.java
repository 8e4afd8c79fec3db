package tcpflowcheck.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import tcpflowcheck.bench.Load;

/** A capture of many connections, and ways to have it in several files. */
final class Traffic {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    /** Octets of payload of a fragment. */
    private static final int PIECE = 24;

    private final byte[] header;
    private final List<byte[]> records = new ArrayList<>();
    private final ByteOrder order;

    private Traffic(byte[] octets) {
        header = Arrays.copyOf(octets, FILE_HEADER);
        order = ByteBuffer.wrap(octets).getInt() >>> 24 == 0xa1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int at = FILE_HEADER;
        while (at < octets.length) {
            int length = RECORD_HEADER + ByteBuffer.wrap(octets).order(order).getInt(at + 8);
            records.add(Arrays.copyOfRange(octets, at, at + length));
            at += length;
        }
    }

    /** As {@link Load} makes it. */
    static Traffic of(Path folder, String kind, int count) throws IOException {
        Path whole = folder.resolve(kind + ".pcap");
        Load.main(new String[] {whole.toString(), kind, "" + count});
        return new Traffic(Files.readAllBytes(whole));
    }

    /** As a file of pcap has it. */
    static Traffic read(Path file) throws IOException {
        return new Traffic(Files.readAllBytes(file));
    }

    int frames() {
        return records.size();
    }

    /** Each record goes to the file that {@code which} says by its index. */
    List<String> files(Path folder, int count, IntUnaryOperator which) throws IOException {
        List<ByteArrayOutputStream> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(new ByteArrayOutputStream());
            files.get(i).write(header);
        }
        for (int i = 0; i < records.size(); i++) {
            files.get(which.applyAsInt(i)).write(records.get(i));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = Files.createDirectories(folder).resolve("part" + i + ".pcap");
            Files.write(file, files.get(i).toByteArray());
            names.add(file.toString());
        }
        return names;
    }

    List<String> rotated(Path folder, int count) throws IOException {
        return files(folder, count, i -> (int) ((long) i * count / records.size()));
    }

    /** One file for what goes to the higher address, one for the other. */
    List<String> byDirection(Path folder) throws IOException {
        return files(folder, 2, i -> {
            byte[] record = records.get(i);
            int source = RECORD_HEADER + ETHERNET + 12;
            return Arrays.compareUnsigned(record, source, source + 4, record, source + 4, source + 8) < 0 ? 0 : 1;
        });
    }

    /** The same with each packet in fragments. */
    Traffic inFragments() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header);
        for (int i = 0; i < records.size(); i++) {
            fragment(records.get(i), i, all);
        }
        return new Traffic(all.toByteArray());
    }

    private void fragment(byte[] record, int identification, ByteArrayOutputStream all) {
        int payload = RECORD_HEADER + ETHERNET + IPV4;
        int end = RECORD_HEADER + ETHERNET + ByteBuffer.wrap(record).getShort(RECORD_HEADER + ETHERNET + 2);
        for (int from = payload; from < end; from += PIECE) {
            int octets = Math.min(PIECE, end - from);
            ByteBuffer piece = ByteBuffer.allocate(payload + octets);
            piece.put(record, 0, payload).put(record, from, octets);
            piece.order(order).putInt(8, payload + octets - RECORD_HEADER).putInt(12, payload + octets - RECORD_HEADER);
            int ip = RECORD_HEADER + ETHERNET;
            piece.order(ByteOrder.BIG_ENDIAN).putShort(ip + 2, (short) (IPV4 + octets));
            piece.putShort(ip + 4, (short) identification);
            piece.putShort(ip + 6, (short) ((from - payload) / 8 | (from + octets < end ? 0x2000 : 0)));
            all.writeBytes(piece.array());
        }
    }
}
