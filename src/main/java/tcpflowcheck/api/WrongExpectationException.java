package tcpflowcheck.api;

import org.jspecify.annotations.Nullable;

/**
 * An expectation that can't be read, is no YAML, or can't be meant, as it names a key that there is not. The message names
 * the file, the line and the column, and what may be meant, in the tool's words.
 */
public final class WrongExpectationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongExpectationException(@Nullable String message, @Nullable Exception cause) {
        super(message, cause);
    }
}
