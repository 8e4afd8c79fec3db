package tcpflowcheck.wire;

/** What types and codes of ICMP errors say (RFC 792, RFC 1812, RFC 4443). */
final class IcmpWords {
    private static final String[] UNREACHABLE = {
        "network unreachable",
        "host unreachable",
        "protocol unreachable",
        "port unreachable",
        "fragmentation needed",
        "source route failed",
        "network unknown",
        "host unknown",
        "source host isolated",
        "network administratively prohibited",
        "host administratively prohibited",
        "network unreachable for this type of service",
        "host unreachable for this type of service",
        "administratively prohibited",
        "host precedence violation",
        "precedence cutoff"
    };
    private static final String[] SOURCE_QUENCH = {"source quench"};
    private static final String[] REDIRECT = {
        "redirect for the network",
        "redirect for the host",
        "redirect for the type of service and network",
        "redirect for the type of service and host"
    };
    private static final String[] TIME_EXCEEDED = {"time to live exceeded", "fragment reassembly time exceeded"};
    private static final String[] PARAMETER_PROBLEM = {
        "parameter problem", "parameter problem: an option is missing", "parameter problem: wrong length"
    };

    private static final String[] UNREACHABLE_6 = {
        "no route to the destination",
        "administratively prohibited",
        "beyond the scope of the source address",
        "address unreachable",
        "port unreachable",
        "source address failed policy",
        "route rejects the destination",
        "error in the source routing header"
    };
    private static final String[] TOO_BIG_6 = {"packet too big"};
    private static final String[] TIME_EXCEEDED_6 = {"hop limit exceeded", "fragment reassembly time exceeded"};
    private static final String[] PARAMETER_PROBLEM_6 = {
        "parameter problem: erroneous header field",
        "parameter problem: unknown next header",
        "parameter problem: unknown IPv6 option",
        "parameter problem: header chain cut by a fragment"
    };

    private IcmpWords() {}

    static String of(int ipVersion, int type, int code) {
        String[] codes = ipVersion == 6 ? codes6(type) : codes4(type);
        return code < codes.length ? codes[code] : unknown(ipVersion, type);
    }

    /** A code that no RFC gives a meaning. */
    private static String unknown(int ipVersion, int type) {
        if (type == (ipVersion == 6 ? 1 : 3)) {
            return "destination unreachable";
        }
        return (ipVersion == 6 ? codes6(type) : codes4(type))[0];
    }

    private static String[] codes4(int type) {
        return switch (type) {
            case 4 -> SOURCE_QUENCH;
            case 5 -> REDIRECT;
            case 11 -> TIME_EXCEEDED;
            case 12 -> PARAMETER_PROBLEM;
            default -> UNREACHABLE;
        };
    }

    private static String[] codes6(int type) {
        return switch (type) {
            case 2 -> TOO_BIG_6;
            case 3 -> TIME_EXCEEDED_6;
            case 4 -> PARAMETER_PROBLEM_6;
            default -> UNREACHABLE_6;
        };
    }
}
