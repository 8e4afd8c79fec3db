package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Given: the RST that ended a connection.
 *
 * @param frame from 1
 * @param time nanoseconds since the epoch
 * @param state what its sender was in
 * @param silenceNanos how long nothing had passed before it, or before the segment that it answers; -1 if not known
 * @param certain false where the kind rests on what the capture can't prove
 */
public record Reset(Kind kind, Side by, long frame, long time, TcpState state, long silenceNanos, boolean certain) {
    /** What its sender meant by it, as outputs name it. */
    public enum Kind {
        /** Answers a SYN in SYN-SENT. */
        REFUSED("refused"),
        /** Is synchronized and has sent no FIN. */
        ABORT("abort"),
        /** Has sent a FIN and is not yet CLOSED. */
        ABORT_AFTER_CLOSE("abort-after-close"),
        /** Is CLOSED, LISTEN or in TIME-WAIT and answers a segment. */
        REPLY_TO_CLOSED("reply-to-closed"),
        /** Sent the SYN itself and gives up before the handshake is complete. */
        ABANDONED_OPEN("abandoned-open");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /**
         * By what its sender was in.
         *
         * @param gone whether that had lost the connection without a word
         * @param refuses whether the receiver was in SYN-SENT
         */
        static Kind of(TcpState sender, TcpState initial, boolean gone, boolean refuses) {
            if (gone) {
                return REPLY_TO_CLOSED;
            }
            return switch (sender) {
                case CLOSED, LISTEN -> refuses ? REFUSED : REPLY_TO_CLOSED;
                case TIME_WAIT -> REPLY_TO_CLOSED;
                case SYN_SENT -> ABANDONED_OPEN;
                case SYN_RECEIVED -> initial == TcpState.CLOSED ? ABANDONED_OPEN : ABORT;
                case ESTABLISHED, CLOSE_WAIT -> ABORT;
                case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK -> ABORT_AFTER_CLOSE;
            };
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Whether the same is said of another, which may be null. */
    boolean isSaidLike(@Nullable Reset other) {
        return other != null && kind == other.kind && by == other.by && frame == other.frame && state == other.state;
    }

    /** Whether it is one that answers a SYN; null is none. */
    static boolean refuses(@Nullable Reset reset) {
        return reset != null && reset.kind == Kind.REFUSED;
    }
}
