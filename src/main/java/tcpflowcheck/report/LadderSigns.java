package tcpflowcheck.report;

/** Given: what a ladder is drawn with, one column each. */
record LadderSigns(String line, String dash, String dot, String left, String right, String down, String up) {
    static final LadderSigns ASCII = new LadderSigns("|", "-", ".", "<", ">", "\\", "/");

    /** The box drawing characters, and arrow heads that are one column wide everywhere. */
    static final LadderSigns UNICODE =
            new LadderSigns("\u2502", "\u2500", "\u2508", "\u25c0", "\u25b6", "\u2572", "\u2571");
}
