package tcpflowcheck.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import tcpflowcheck.report.JsonSink;

/** A frame is named by its file, of which the account of files tells the name, and its number in it. */
final class FrameNames {
    static final String FILE = "file";
    static final String FRAME = "frame";

    private FrameNames() {}

    static void tell(int file, long frame, JsonSink to) {
        if (frame == 0) {
            to.nothing();
            return;
        }
        to.beginObject().member(FILE, file).member(FRAME, frame).endObject();
    }

    static Map<String, Object> tree(Place place) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put(FILE, (long) Place.file(place.at()));
        frame.put(FRAME, Place.number(place.at()));
        return frame;
    }
}
