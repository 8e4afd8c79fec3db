package tcpflowcheck.capture;

/** A source that can go on from any frame whose place is known. */
interface IndexedSource extends FrameSource {
    /**
     * Goes to where a frame begins.
     *
     * @param octet of the file
     * @param before frames in front of it
     */
    void goTo(long octet, long before);
}
