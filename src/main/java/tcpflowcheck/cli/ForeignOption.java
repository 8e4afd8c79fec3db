package tcpflowcheck.cli;

/** Options of tcpdump and tshark that are none here, and what does here what is wanted of them. */
final class ForeignOption {
    private static final String SHOWS =
            ": payload and link headers are not shown here; 'tcpdump %s -r FILE' shows them";

    private static final String LINK = ": link types are not chosen here: libpcap's own is taken";
    private static final String DIRECTION = ": a direction is part of the filter: -f inbound, -f outbound";
    private static final String MONITOR =
            ": bring the interface into monitor mode first, such as with 'iw dev wlan0 set type monitor'";
    private static final String STAMPS = ": the kernel's own time stamps are taken";
    private static final String SUMS = ": checksums are checked; --ignore checksum-bad finds none wrong";
    private static final String DISPLAY = ": display filters are Wireshark's; --only chooses flows, -f frames";

    private static final String[][] KNOWN = {
        {"-A", SHOWS},
        {"-x", SHOWS},
        {"-X", SHOWS},
        {"-e", SHOWS + ", and --fields chooses fields"},
        {"-F", ": a filter is given with -f: -f \"$(cat FILE)\""},
        {"-d", ": 'tcpdump -d EXPR' shows a filter's program"},
        {"-L", LINK},
        {"--list-data-link-types", LINK},
        {"-y", LINK},
        {"--linktype", LINK},
        {"-Q", DIRECTION},
        {"-P", DIRECTION},
        {"--direction", DIRECTION},
        {"-H", ": frames of 802.11s are no different here"},
        {"-I", MONITOR},
        {"--monitor-mode", MONITOR},
        {"-j", STAMPS},
        {"-J", STAMPS},
        {"--time-stamp-type", STAMPS},
        {"--time-stamp-precision", ": nanoseconds are always read and kept, and --nano prints them"},
        {"-K", SUMS},
        {"--dont-verify-checksums", SUMS},
        {"-E", ": what IPsec encrypts is counted, not opened"},
        {"-M", ": MD5 digests of segments are not checked"},
        {"-m", ": there are no modules"},
        {"-T", ": the form of the output is chosen with --format or --json"},
        {"-a", ": the end of a capture is set with --duration, -c, or -G and -W"},
        {"-b", ": files are rotated as tcpdump does it, with -C, -G and -W"},
        {"-Y", DISPLAY},
        {"-R", DISPLAY},
        {"-o", ": there are no preferences; --help lists the options"},
    };

    private ForeignOption() {}

    /**
     * What to do in place of an option that is not known here, to follow its name, or nothing if it is no other tool's.
     *
     * @param word of two characters or more, perhaps with others behind it: {@code -Xnn}, {@code --direction=in}
     */
    static String hint(String word) {
        int value = word.indexOf('=');
        String name =
                word.startsWith("--") ? word.substring(0, value < 0 ? word.length() : value) : word.substring(0, 2);
        for (String[] each : KNOWN) {
            if (each[0].equals(name)) {
                return each[1].replace("%s", name);
            }
        }
        return "";
    }
}
