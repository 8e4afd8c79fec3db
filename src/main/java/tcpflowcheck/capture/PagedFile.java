package tcpflowcheck.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file from any octet on, beside who reads it from its first. Its pages that were read last are kept: who looks for
 * frames of many connections comes back to them.
 */
final class PagedFile extends InputStream {
    private static final int PAGE_BITS = 14;
    private static final int PAGE = 1 << PAGE_BITS;
    /** 4 MiB in all. A page has one place, by its number. */
    private static final int PLACES = 1 << 8;

    private final FileChannel file;
    private final byte[][] pages = new byte[PLACES][];
    /** Of the page in each place: its number, 0 if there is none yet, the first one being 1, and its octets. */
    private final long[] numbers = new long[PLACES];

    private final int[] octets = new int[PLACES];
    private long at;

    /** @param file is not closed by this, and its position stays where it is */
    PagedFile(FileChannel file) {
        this.file = file;
    }

    void seek(long octet) {
        at = octet;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int place = place();
        int from = (int) at & PAGE - 1;
        int count = Math.min(length, octets[place] - from);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(pages[place], from, to, offset, count);
        at += count;
        return count;
    }

    /** Where the page is that is read now, which may end early where the file does. */
    private int place() throws IOException {
        long page = at >>> PAGE_BITS;
        int place = (int) page & PLACES - 1;
        if (numbers[place] != page + 1 || octets[place] < PAGE) {
            if (pages[place] == null) {
                pages[place] = new byte[PAGE];
            }
            numbers[place] = page + 1;
            octets[place] = 0;
            ByteBuffer room = ByteBuffer.wrap(pages[place]);
            while (room.hasRemaining() && file.read(room, (page << PAGE_BITS) + room.position()) > 0) {
                octets[place] = room.position();
            }
        }
        return place;
    }
}
