package tcpflowcheck.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** Given: how records are written in a file that can be read in ranges. */
interface RangeFormat extends Serializable {
    /** Of a file that can; null of others, which are read as a whole. */
    static RangeFormat of(Inputs.File file, Configuration configuration) throws IOException {
        try (FSDataInputStream in = Pieces.open(file.path(), configuration)) {
            byte[] header = new byte[PcapFormat.FILE_HEADER];
            if (file.octets() < header.length) {
                return null;
            }
            in.readFully(0, header);
            return ByteBuffer.wrap(header).getInt() == PcapngFormat.SECTION_HEADER
                    ? PcapngFormat.of(file.path(), file.octets(), in)
                    : PcapFormat.of(file.path(), file.octets(), header);
        }
    }

    String path();

    /** Octets of the file. */
    long size();

    ByteOrder order();

    /** What a range is read behind, so that it is a file of its own. */
    byte[] head();

    /** The octet where the first record begins. */
    long first();

    /** Records begin at octets that are multiples of this. */
    int alignment();

    /** Octets of a record that have to be there before {@link #record} is asked. */
    int least();

    /**
     * Looks at what may be a record. What it says is a guess.
     *
     * @param octets in the order of the file
     * @return the octets of the record, which may end behind those that are there; 0 if it is none
     */
    int record(ByteBuffer octets, int at);

    /** Walks from a record to the first that begins at or behind {@code to}, as strictly as records are read. */
    Walked walk(long start, long to, Configuration configuration) throws IOException;
}
