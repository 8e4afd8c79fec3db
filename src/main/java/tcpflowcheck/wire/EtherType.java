package tcpflowcheck.wire;

/** Ethernet types that are read (IEEE 802 Numbers). */
final class EtherType {
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    static final int C_VLAN = 0x8100;
    static final int S_VLAN = 0x88a8;
    static final int S_VLAN_OLD = 0x9100;
    static final int MPLS = 0x8847;
    static final int MPLS_MULTICAST = 0x8848;
    static final int PPPOE_SESSION = 0x8864;
    static final int MACSEC = 0x88e5;
    /** IEEE 802.1ah, a provider's backbone: a tag, then the customer's frame. */
    static final int BACKBONE = 0x88e7;
    /** Cisco's FabricPath: addresses of its own, a tag, then the frame. */
    static final int FABRICPATH = 0x8903;
    /** Cisco's TrustSec, a tag of security groups. */
    static final int CISCO_META_DATA = 0x8909;
    /** Cisco's VN-Tag of virtual interfaces, and IEEE 802.1BR's E-Tag, which followed it. */
    static final int VN_TAG = 0x8926;

    static final int E_TAG = 0x893f;
    /** RFC 8300. */
    static final int SERVICE_HEADER = 0x894f;

    static final int BRIDGED_ETHERNET = 0x6558;

    /** Up to here the field is the length of an IEEE 802.3 frame, and LLC follows. */
    static final int MAX_LENGTH = 1500;

    private EtherType() {}
}
