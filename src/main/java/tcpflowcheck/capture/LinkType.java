package tcpflowcheck.capture;

/** Link-layer header types of captures, by tcpdump's names (www.tcpdump.org/linktypes.html). */
public final class LinkType {
    public static final int NULL = 0;
    public static final int EN10MB = 1;

    /** RAW as BSD systems number it on the host, found in files that they wrote. */
    public static final int RAW_BSD = 12;

    /** RAW as OpenBSD numbers it. */
    public static final int RAW_OPENBSD = 14;

    public static final int RAW = 101;
    public static final int LOOP = 108;
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}

    /** The type's name, or its number if it has none here. */
    public static String name(int linkType) {
        return switch (linkType) {
            case NULL -> "NULL";
            case EN10MB -> "EN10MB";
            case 2 -> "EN3MB";
            case 3 -> "AX25";
            case 4 -> "PRONET";
            case 5 -> "CHAOS";
            case 6 -> "IEEE802";
            case 7 -> "ARCNET";
            case 8 -> "SLIP";
            case 9 -> "PPP";
            case 10 -> "FDDI";
            case RAW_BSD, RAW_OPENBSD, RAW -> "RAW";
            case 50 -> "PPP_SERIAL";
            case 51 -> "PPP_ETHER";
            case 99 -> "SYMANTEC_FIREWALL";
            case 100 -> "ATM_RFC1483";
            case 104 -> "C_HDLC";
            case 105 -> "IEEE802_11";
            case 107 -> "FRELAY";
            case LOOP -> "LOOP";
            case 109 -> "ENC";
            case LINUX_SLL -> "LINUX_SLL";
            case 114 -> "LTALK";
            case 117 -> "PFLOG";
            case 119 -> "PRISM_HEADER";
            case 122 -> "IP_OVER_FC";
            case 123 -> "SUNATM";
            case 127 -> "IEEE802_11_RADIO";
            case 129 -> "ARCNET_LINUX";
            case 138 -> "APPLE_IP_OVER_IEEE1394";
            case 139 -> "MTP2_WITH_PHDR";
            case 140 -> "MTP2";
            case 141 -> "MTP3";
            case 142 -> "SCCP";
            case 143 -> "DOCSIS";
            case 144 -> "LINUX_IRDA";
            case 163 -> "IEEE802_11_RADIO_AVS";
            case 165 -> "BACNET_MS_TP";
            case 166 -> "PPP_PPPD";
            case 169 -> "GPRS_LLC";
            case 177 -> "LINUX_LAPD";
            case 187 -> "BLUETOOTH_HCI_H4";
            case 189 -> "USB_LINUX";
            case 192 -> "PPI";
            case 195 -> "IEEE802_15_4";
            case 196 -> "SITA";
            case 197 -> "ERF";
            case 201 -> "BLUETOOTH_HCI_H4_WITH_PHDR";
            case 203 -> "LAPD";
            case 204 -> "PPP_WITH_DIR";
            case 205 -> "C_HDLC_WITH_DIR";
            case 206 -> "FRELAY_WITH_DIR";
            case 209 -> "IPMB_LINUX";
            case 215 -> "IEEE802_15_4_NONASK_PHY";
            case 220 -> "USB_LINUX_MMAPPED";
            case 224 -> "FC_2";
            case 226 -> "IPNET";
            case 227 -> "CAN_SOCKETCAN";
            case IPV4 -> "IPV4";
            case IPV6 -> "IPV6";
            case 230 -> "IEEE802_15_4_NOFCS";
            case 231 -> "DBUS";
            case 235 -> "DVB_CI";
            case 237 -> "STANAG_5066_D_PDU";
            case 239 -> "NFLOG";
            case 240 -> "NETANALYZER";
            case 241 -> "NETANALYZER_TRANSPARENT";
            case 242 -> "IPOIB";
            case 243 -> "MPEG_2_TS";
            case 247 -> "INFINIBAND";
            case 248 -> "SCTP";
            case 249 -> "USBPCAP";
            case 251 -> "BLUETOOTH_LE_LL";
            case 252 -> "WIRESHARK_UPPER_PDU";
            case 253 -> "NETLINK";
            case 254 -> "BLUETOOTH_LINUX_MONITOR";
            case 256 -> "BLUETOOTH_LE_LL_WITH_PHDR";
            case 258 -> "PKTAP";
            case 259 -> "EPON";
            case 266 -> "USB_DARWIN";
            case 271 -> "VSOCK";
            case 272 -> "NORDIC_BLE";
            case 273 -> "DOCSIS31_XRA31";
            case 274 -> "ETHERNET_MPACKET";
            case 275 -> "DISPLAYPORT_AUX";
            case LINUX_SLL2 -> "LINUX_SLL2";
            case 279 -> "EBHSCR";
            case 283 -> "IEEE802_15_4_TAP";
            default -> "link type " + linkType;
        };
    }
}
