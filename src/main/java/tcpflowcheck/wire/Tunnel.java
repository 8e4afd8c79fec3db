package tcpflowcheck.wire;

/** What a packet was carried in, as outputs name it. */
public enum Tunnel {
    IPIP("ipip", false),
    IPV6_IN_IP("6in4", false),
    GRE("gre", true),
    ERSPAN("erspan", true),
    VXLAN("vxlan", true),
    GENEVE("geneve", true),
    GTP_U("gtp-u", true),
    TEREDO("teredo", false),
    L2TP("l2tp", true),
    ETHERIP("etherip", false),
    GRE_IN_UDP("gre-in-udp", true),
    MPLS_IN_IP("mpls-in-ip", false),
    VXLAN_GPE("vxlan-gpe", true),
    CAPWAP("capwap", false),
    AYIYA("ayiya", false),
    LISP("lisp", false),
    TZSP("tzsp", false);

    private final String text;
    private final boolean numbered;

    Tunnel(String text, boolean numbered) {
        this.text = text;
        this.numbered = numbered;
    }

    /** Whether it has a number: a key, a network identifier, a tunnel endpoint or session identifier. */
    public boolean numbered() {
        return numbered;
    }

    @Override
    public String toString() {
        return text;
    }
}
