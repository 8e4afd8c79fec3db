package tcpflowcheck.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Given: what a piece of a file gave.
 *
 * @param counts the summary's counts of frames
 * @param found of the file as a whole
 * @param accepted frames that the filter let pass
 * @param last the place of the last frame
 * @param firstTime of all frames, nanoseconds since the epoch; {@link Long#MAX_VALUE} if there is none
 * @param firstAccepted the place of the first frame that the filter let pass, if there is one
 * @param firstAcceptedTime its time
 * @param lastAcceptedTime the time of the last
 * @param failure what was wrong with the file, or null
 * @param cut whether it only ended too early
 * @param names of addresses: version, high, low and the name
 * @param comments on the capture
 * @param dropped frames that were not captured, of each interface that says so: its number, how many the kernel and how many
 *     the interface dropped, of which a later piece of the file may say more
 * @param fragments whether there are any
 */
record Account(
        Piece piece,
        Map<String, Object> counts,
        List<Found> found,
        long frames,
        long accepted,
        Place last,
        long firstTime,
        Place firstAccepted,
        long firstAcceptedTime,
        long lastAcceptedTime,
        String failure,
        boolean cut,
        List<Object[]> names,
        List<String> comments,
        List<long[]> dropped,
        boolean fragments)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
