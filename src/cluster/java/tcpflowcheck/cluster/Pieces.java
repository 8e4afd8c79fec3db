package tcpflowcheck.cluster;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Opens pieces in the file systems of the cluster. */
final class Pieces {
    private static final int BUFFER = 1 << 20;

    private Pieces() {}

    /** The octets of a piece; in front of a range, what it is read behind. */
    static InputStream open(Piece piece, Configuration configuration) throws IOException {
        return open(piece.path(), piece.head(), piece.from(), piece.to(), configuration);
    }

    /** The octets of a file from one to another, behind others. */
    static InputStream open(String path, byte[] head, long from, long to, Configuration configuration)
            throws IOException {
        FSDataInputStream in = open(path, configuration);
        in.seek(from);
        InputStream range = new Range(in, to - from);
        return head.length == 0 ? range : new SequenceInputStream(new ByteArrayInputStream(head), range);
    }

    /** @throws FileNotFoundException and other errors as the file system has them */
    static FSDataInputStream open(String path, Configuration configuration) throws IOException {
        Path file = new Path(path);
        return file.getFileSystem(configuration).open(file, BUFFER);
    }

    /** So many octets of a stream. */
    private static final class Range extends FilterInputStream {
        private long left;

        Range(InputStream in, long octets) {
            super(in);
            left = octets;
        }

        @Override
        public int read() throws IOException {
            int octet = left > 0 ? in.read() : -1;
            left -= octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(to, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
