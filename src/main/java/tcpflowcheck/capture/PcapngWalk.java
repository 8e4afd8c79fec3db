package tcpflowcheck.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Reads pcapng as {@link CaptureFile} does, and says of each block where it stands: a file is read in parts by that. */
public final class PcapngWalk implements Closeable {
    /** What a block is to those after it. */
    public enum Block {
        /** All that follows is read by it. */
        SECTION_HEADER,
        /** Describes an interface of packets that follow. */
        INTERFACE,
        /** Holds a packet, which is a frame. */
        PACKET,
        /** No frame depends on it. */
        OTHER,
        /** There is none: the file has ended. */
        END
    }

    private final SlidingBuffer buffer;
    private final PcapngReader reader;

    /**
     * Begins with a section header block, which is read.
     *
     * @param name the name that errors give
     * @throws CaptureException if there is none
     */
    public PcapngWalk(String name, InputStream in) throws CaptureException {
        buffer = new SlidingBuffer(name, in, SlidingBuffer.CAPACITY);
        reader = new PcapngReader(buffer);
    }

    /**
     * Reads a block.
     *
     * @param frame shows its packet, if it is a {@link Block#PACKET}
     * @throws CaptureException if it is cut or corrupt; {@link #octet} does not say where any more
     */
    public Block next(Frame frame) throws CaptureException {
        if (!buffer.has(PcapngReader.HEADER_LENGTH)) {
            reader.end();
            return Block.END;
        }
        int type = buffer.int32(0);
        if (reader.block(frame)) {
            return Block.PACKET;
        }
        return type == PcapngReader.SECTION_HEADER
                ? Block.SECTION_HEADER
                : type == PcapngReader.INTERFACE_DESCRIPTION ? Block.INTERFACE : Block.OTHER;
    }

    /** Where the next block begins, in octets of the stream. */
    public long octet() {
        return buffer.octet();
    }

    /** Interfaces that the section has described so far. */
    public int interfaces() {
        return reader.interfaces();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
