package tcpflowcheck.report;

import tcpflowcheck.wire.IcmpError;

/**
 * tcpdump's line for an ICMP error ({@code tcpdump -n}, version 4.99), without the time in front and the line end. As in
 * {@link SegmentLine} a tunnel's outer headers are not printed.
 */
final class IcmpLine {
    private static final String[] UNREACHABLE = {
        "net % unreachable",
        "host % unreachable",
        null,
        null,
        null,
        "% unreachable - source route failed",
        "net % unreachable - unknown",
        "host % unreachable - unknown",
        "% unreachable - source host isolated",
        "net % unreachable - admin prohibited",
        "host % unreachable - admin prohibited",
        "net % unreachable - tos prohibited",
        "host % unreachable - tos prohibited",
        "host % unreachable - admin prohibited filter",
        "host % unreachable - host precedence violation",
        "host % unreachable - precedence cutoff"
    };
    private static final String[] REDIRECT = {
        "redirect % to net ", "redirect % to host ", "redirect-tos % to net ", "redirect-tos % to host "
    };
    private static final String[] UNREACHABLE_6 = {
        "unreachable route %",
        " unreachable prohibited %",
        "beyond scope %, source address ",
        "unreachable address %",
        "unreachable port, % "
    };
    private static final String[] PARAMETER_PROBLEM_6 = {
        ", erroneous - octet ", ", next header - octet ", ", option - octet ", ", incomplete header chain - octet "
    };

    private static final int TCP = 6;
    private static final int UDP = 17;

    private IcmpLine() {}

    static void append(TextBuffer out, IcmpError error) {
        boolean six = error.ipVersion() == 6;
        out.append(six ? "IP6 " : "IP ");
        if (error.missingLength() > 0) {
            out.append(six ? "truncated-ip6 - " : "truncated-ip - ").unsigned(error.missingLength());
            out.append(six ? " bytes missing!" : " bytes missing! ");
        }
        address(out, error, error.sourceHigh(), error.sourceLow()).append(" > ");
        address(out, error, error.destinationHigh(), error.destinationLow()).append(six ? ": ICMP6, " : ": ICMP ");
        if (six) {
            six(out, error);
        } else {
            four(out, error);
        }
        out.append(", length ").unsigned(error.length());
    }

    private static TextBuffer address(TextBuffer out, IcmpError error, long high, long low) {
        return error.ipVersion() == 6 ? out.ipv6(high, low) : out.ipv4((int) low);
    }

    private static TextBuffer destination(TextBuffer out, IcmpError error) {
        return address(out, error, error.outerDestinationHigh(), error.outerDestinationLow());
    }

    /** A text with the quoted packet's destination in the place of its percent sign. */
    private static TextBuffer about(TextBuffer out, String text, IcmpError error) {
        int at = text.indexOf('%');
        return destination(out.append(text.substring(0, at)), error).append(text.substring(at + 1));
    }

    private static void four(TextBuffer out, IcmpError error) {
        int code = error.code();
        switch (error.type()) {
            case 3 -> unreachable(out, error);
            case 4 -> out.append("source quench");
            case 5 -> {
                if (code < REDIRECT.length) {
                    about(out, REDIRECT[code], error).ipv4(error.rest());
                } else {
                    about(out.append("redirect-#").unsigned(code), " % to ", error)
                            .ipv4(error.rest());
                }
            }
            case 11 -> {
                switch (code) {
                    case 0 -> out.append("time exceeded in-transit");
                    case 1 -> out.append("ip reassembly time exceeded");
                    default -> out.append("time exceeded-#").unsigned(code);
                }
            }
            default -> {
                out.append("parameter problem - ").append(code == 0 ? "octet " : "code ");
                out.unsigned(code == 0 ? error.rest() >>> 24 : code);
            }
        }
    }

    private static void unreachable(TextBuffer out, IcmpError error) {
        switch (error.code()) {
            case 2 ->
                about(out, "% protocol ", error).unsigned(error.outerProtocol()).append(" unreachable");
            case 3 -> {
                port(about(out, "% ", error), error);
                out.append(" unreachable");
            }
            case 4 -> {
                about(out, "% unreachable - need to frag", error);
                if (error.size() > 0) {
                    out.append(" (mtu ").decimal(error.size()).append(')');
                }
            }
            default -> {
                if (error.code() < UNREACHABLE.length) {
                    about(out, UNREACHABLE[error.code()], error);
                } else {
                    about(out, "% unreachable - #", error).unsigned(error.code());
                }
            }
        }
    }

    private static void port(TextBuffer out, IcmpError error) {
        switch (error.outerProtocol()) {
            case TCP -> out.append("tcp port ");
            case UDP -> out.append("udp port ");
            default -> out.append("protocol ").unsigned(error.outerProtocol()).append(" port ");
        }
        out.unsigned(error.outerDestinationPort());
    }

    private static void six(TextBuffer out, IcmpError error) {
        int code = error.code();
        switch (error.type()) {
            case 1 -> unreachable6(out.append("destination unreachable, "), error);
            case 2 -> out.append("packet too big, mtu ").decimal(error.size());
            case 3 -> {
                out.append("time exceeded in-transit");
                switch (code) {
                    case 0 -> destination(out.append(" for "), error);
                    case 1 -> out.append(" (reassembly)");
                    default -> out.append(", unknown code (").unsigned(code).append(')');
                }
            }
            default -> {
                out.append("parameter problem");
                if (code < PARAMETER_PROBLEM_6.length) {
                    out.append(PARAMETER_PROBLEM_6[code]).unsigned(error.rest());
                } else {
                    out.append(", code-#").unsigned(code);
                }
            }
        }
    }

    private static void unreachable6(TextBuffer out, IcmpError error) {
        int code = error.code();
        if (code >= UNREACHABLE_6.length) {
            out.append("unknown unreach code (").unsigned(code).append(')');
            return;
        }
        about(out, UNREACHABLE_6[code], error);
        if (code == 2) {
            out.ipv6(error.outerSourceHigh(), error.outerSourceLow());
        } else if (code == 4) {
            port(out, error);
        }
    }
}
