package tcpflowcheck.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.RawPacketListener;

/** Writes each frame that a loop gives as a record of a pcap file: the way where there are no named pipes. */
final class RecordWriter implements RawPacketListener, Executor {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PcapHandle handle;
    private final OutputStream out;

    RecordWriter(PcapHandle handle, OutputStream out) throws IOException {
        this.handle = handle;
        this.out = out;
        ByteBuffer header = ByteBuffer.allocate(PcapReader.FILE_HEADER_LENGTH);
        header.putInt(PcapReader.MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
        header.putInt(16, CaptureFile.MAX_CAPTURED_LENGTH)
                .putInt(20, handle.getDlt().value());
        out.write(header.array());
        out.flush();
    }

    /** In the loop's own thread, before the handle's timestamp is the next frame's. */
    @Override
    public void execute(Runnable listener) {
        listener.run();
    }

    @Override
    public void gotPacket(byte[] octets) {
        java.sql.Timestamp time = handle.getTimestamp();
        ByteBuffer header = ByteBuffer.allocate(PcapReader.RECORD_HEADER_LENGTH);
        header.putInt((int) Math.floorDiv(time.getTime(), 1000L)).putInt((int) (time.getNanos() % NANOS_PER_SECOND));
        header.putInt(octets.length).putInt(handle.getOriginalLength());
        try {
            out.write(header.array());
            out.write(octets);
            out.flush();
        } catch (IOException readerLeft) {
            try {
                handle.breakLoop();
            } catch (NotOpenException ended) {
                throw new UncheckedIOException(readerLeft);
            }
        }
    }

    void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
