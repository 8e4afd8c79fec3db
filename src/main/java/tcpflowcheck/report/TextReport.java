package tcpflowcheck.report;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report that a person reads. */
public interface TextReport extends Reporter {
    /**
     * All captures have been read: if there was more than one to read, a table of them and their total follow.
     *
     * @param expected what became of the expectations of a capture, or null if nothing was expected of any
     */
    void total(@Nullable Function<String, String> expected) throws IOException;
}
