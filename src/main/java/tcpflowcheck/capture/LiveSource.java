package tcpflowcheck.capture;

/** Frames as they pass an interface: between two of them time goes by. */
public interface LiveSource extends FrameSource {
    /** What the counters of the capture say, from its begin. */
    record Counters(long received, long droppedByKernel, long droppedByInterface) {
        /** Frames that passed and were not seen. */
        public long dropped() {
            return droppedByKernel + droppedByInterface;
        }
    }

    /**
     * Waits until {@link FrameSource#next} will not, so at the end of the capture, too.
     *
     * @param nanos the longest wait
     * @return false if that time went by
     */
    boolean ready(long nanos) throws CaptureException;

    /** The link type of its frames; of several interfaces that of the first. */
    int linkType();

    /** Ends the capture from another thread; what has been captured is still given. */
    void stop();

    /** The counters, as far as libpcap keeps them; valid after the end, too. */
    Counters counters();
}
