package tcpflowcheck.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The link types of captures, each with its number in files, its name and the header that its frames begin with: the one
 * table of them (www.tcpdump.org/linktypes.html, libpcap's dlt.h).
 */
public enum LinkType {
    NULL(0, Header.FAMILY),
    EN10MB(1, Header.ETHERNET),
    EN3MB(2),
    AX25(3),
    PRONET(4),
    CHAOS(5),
    IEEE802(6, Header.TOKEN_RING),
    ARCNET(7, Header.ARCNET),
    SLIP(8, Header.SLIP),
    PPP(9, Header.HDLC),
    FDDI(10, Header.FDDI),
    /** RAW as BSD systems number it on the host, found in files that they wrote. */
    RAW_BSD(12, Header.IP),
    /** RAW as OpenBSD numbers it. */
    RAW_OPENBSD(14, Header.IP),
    PPP_SERIAL(50, Header.HDLC),
    PPP_ETHER(51, Header.PPPOE),
    SYMANTEC_FIREWALL(99, Header.SYMANTEC),
    ATM_RFC1483(100, 11, Header.LLC),
    RAW(101, 12, Header.IP),
    SLIP_BSDOS(102, 15, Header.NONE),
    PPP_BSDOS(103, 16, Header.NONE),
    C_HDLC(104, Header.HDLC),
    IEEE802_11(105, Header.WLAN),
    ATM_CLIP(106, 19, Header.ATM_CLIP),
    FRELAY(107, Header.FRAME_RELAY),
    LOOP(108, Header.FAMILY),
    ENC(109, Header.ENC),
    LINUX_SLL(113, Header.SLL),
    LTALK(114),
    PFLOG(117, Header.PFLOG),
    PRISM_HEADER(119, Header.PRISM),
    IP_OVER_FC(122, Header.FIBRE_CHANNEL),
    SUNATM(123, Header.SUN_ATM),
    IEEE802_11_RADIO(127, Header.RADIOTAP),
    ARCNET_LINUX(129, Header.ARCNET_LINUX),
    JUNIPER_MLPPP(130),
    JUNIPER_MLFR(131),
    JUNIPER_ES(132),
    JUNIPER_GGSN(133),
    JUNIPER_MFR(134),
    JUNIPER_ATM2(135),
    JUNIPER_SERVICES(136),
    JUNIPER_ATM1(137),
    APPLE_IP_OVER_IEEE1394(138, Header.FIREWIRE),
    MTP2_WITH_PHDR(139),
    MTP2(140),
    MTP3(141),
    SCCP(142),
    DOCSIS(143),
    LINUX_IRDA(144),
    /** PKTAP as Apple numbers it, among those for private use. */
    PKTAP_APPLE(149, Header.PKTAP),
    IEEE802_11_RADIO_AVS(163, Header.PRISM),
    JUNIPER_MONITOR(164),
    BACNET_MS_TP(165),
    PPP_PPPD(166, Header.PPP_PPPD),
    JUNIPER_PPPOE(167),
    JUNIPER_PPPOE_ATM(168),
    GPRS_LLC(169),
    GPF_T(170),
    GPF_F(171),
    JUNIPER_PIC_PEER(174),
    ERF_ETH(175),
    ERF_POS(176),
    LINUX_LAPD(177),
    JUNIPER_ETHER(178),
    JUNIPER_PPP(179),
    JUNIPER_FRELAY(180),
    JUNIPER_CHDLC(181),
    MFR(182),
    JUNIPER_VP(183),
    A429(184),
    A653_ICM(185),
    USB_FREEBSD(186),
    BLUETOOTH_HCI_H4(187),
    IEEE802_16_MAC_CPS(188),
    USB_LINUX(189),
    CAN20B(190),
    IEEE802_15_4_LINUX(191),
    PPI(192, Header.PPI),
    IEEE802_16_MAC_CPS_RADIO(193),
    JUNIPER_ISM(194),
    IEEE802_15_4(195),
    SITA(196),
    ERF(197),
    RAIF1(198),
    IPMB_KONTRON(199),
    JUNIPER_ST(200),
    BLUETOOTH_HCI_H4_WITH_PHDR(201),
    AX25_KISS(202),
    LAPD(203),
    PPP_WITH_DIR(204, Header.PPP_WITH_DIR),
    C_HDLC_WITH_DIR(205, Header.HDLC_WITH_DIR),
    FRELAY_WITH_DIR(206, Header.FRAME_RELAY_WITH_DIR),
    IPMB_LINUX(209),
    IEEE802_15_4_NONASK_PHY(215),
    LINUX_EVDEV(216),
    MPLS(219, Header.MPLS),
    USB_LINUX_MMAPPED(220),
    DECT(221),
    AOS(222),
    WIHART(223),
    FC_2(224),
    FC_2_WITH_FRAME_DELIMS(225),
    IPNET(226, Header.IPNET),
    CAN_SOCKETCAN(227),
    IPV4(228, Header.IPV4),
    IPV6(229, Header.IPV6),
    IEEE802_15_4_NOFCS(230),
    DBUS(231),
    JUNIPER_VS(232),
    JUNIPER_SRX_E2E(233),
    JUNIPER_FIBRECHANNEL(234),
    DVB_CI(235),
    MUX27010(236),
    STANAG_5066_D_PDU(237),
    JUNIPER_ATM_CEMIC(238),
    NFLOG(239, Header.NFLOG),
    NETANALYZER(240, Header.NETANALYZER),
    NETANALYZER_TRANSPARENT(241, Header.NETANALYZER_TRANSPARENT),
    IPOIB(242, Header.IPOIB),
    MPEG_2_TS(243),
    NG40(244),
    NFC_LLCP(245),
    PFSYNC(246),
    INFINIBAND(247),
    SCTP(248),
    USBPCAP(249),
    RTAC_SERIAL(250),
    BLUETOOTH_LE_LL(251),
    WIRESHARK_UPPER_PDU(252),
    NETLINK(253),
    BLUETOOTH_LINUX_MONITOR(254),
    BLUETOOTH_BREDR_BB(255),
    BLUETOOTH_LE_LL_WITH_PHDR(256),
    PROFIBUS_DL(257),
    PKTAP(258, Header.PKTAP),
    EPON(259, Header.EPON),
    IPMI_HPM_2(260),
    ZWAVE_R1_R2(261),
    ZWAVE_R3(262),
    WATTSTOPPER_DLM(263),
    ISO_14443(264),
    RDS(265),
    USB_DARWIN(266),
    OPENFLOW(267),
    SDLC(268),
    TI_LLN_SNIFFER(269),
    LORATAP(270),
    VSOCK(271),
    NORDIC_BLE(272),
    DOCSIS31_XRA31(273),
    ETHERNET_MPACKET(274),
    DISPLAYPORT_AUX(275),
    LINUX_SLL2(276, Header.SLL2),
    SERCOS_MONITOR(277),
    OPENVIZSLA(278),
    EBHSCR(279),
    VPP_DISPATCH(280),
    DSA_TAG_BRCM(281),
    DSA_TAG_BRCM_PREPEND(282),
    IEEE802_15_4_TAP(283),
    DSA_TAG_DSA(284),
    DSA_TAG_EDSA(285),
    ELEE(286),
    Z_WAVE_SERIAL(287),
    USB_2_0(288),
    ATSC_ALP(289),
    ETW(290),
    NETANALYZER_NG(291),
    ZBOSS_NCP(292);

    /** What a frame begins with, as far as it is read. */
    public enum Header {
        /** None that is read. */
        NONE,
        ETHERNET,
        /** A version 4 or 6 packet at once. */
        IP,
        IPV4,
        IPV6,
        /** An address family of four octets. */
        FAMILY,
        /** Linux's cooked capture. */
        SLL,
        SLL2,
        /** IEEE 802.2, with nothing before it. */
        LLC,
        /** The same, or a packet at once. */
        ATM_CLIP,
        FDDI,
        TOKEN_RING,
        ARCNET,
        ARCNET_LINUX,
        FIBRE_CHANNEL,
        FIREWIRE,
        IPOIB,
        SUN_ATM,
        SLIP,
        /** PPP in HDLC-like framing, or Cisco HDLC. */
        HDLC,
        HDLC_WITH_DIR,
        PPP_PPPD,
        PPP_WITH_DIR,
        PPPOE,
        FRAME_RELAY,
        FRAME_RELAY_WITH_DIR,
        MPLS,
        /** IEEE 802.11. */
        WLAN,
        RADIOTAP,
        PRISM,
        PPI,
        /** What OpenBSD's pf logs. */
        PFLOG,
        /** What OpenBSD's IPsec sees. */
        ENC,
        /** What Linux's netfilter logs. */
        NFLOG,
        /** Apple's, before a frame of any other type. */
        PKTAP,
        /** Solaris's. */
        IPNET,
        SYMANTEC,
        NETANALYZER,
        NETANALYZER_TRANSPARENT,
        EPON
    }

    private static final LinkType[] BY_NUMBER = new LinkType[1 << 9];
    /** The same, in one step from the number. */
    private static final Header[] HEADERS = new Header[BY_NUMBER.length];

    static {
        Arrays.fill(HEADERS, Header.NONE);
        for (LinkType type : values()) {
            BY_NUMBER[type.number] = type;
            HEADERS[type.number] = type.header;
        }
    }

    private final int number;
    private final int hostNumber;
    private final Header header;

    LinkType(int number) {
        this(number, number, Header.NONE);
    }

    LinkType(int number, Header header) {
        this(number, number, header);
    }

    /** @param hostNumber what libpcap calls it on this host (DLT), where it is not the number in files */
    LinkType(int number, int hostNumber, Header header) {
        this.number = number;
        this.hostNumber = hostNumber;
        this.header = header;
    }

    /** Its number in files. */
    public int number() {
        return number;
    }

    public Header header() {
        return header;
    }

    /** What frames of the type with this number begin with. */
    public static Header header(int number) {
        return number >= 0 && number < HEADERS.length ? HEADERS[number] : Header.NONE;
    }

    private static @Nullable LinkType of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** tcpdump's name of the type with this number, or the number if it has none here. */
    public static String nameOf(int number) {
        LinkType type = of(number);
        if (type == null) {
            return "link type " + number;
        }
        return switch (type) {
            case RAW_BSD, RAW_OPENBSD -> RAW.name();
            case PKTAP_APPLE -> PKTAP.name();
            default -> type.name();
        };
    }

    /** libpcap's number on a Linux host for the type that has this one in files. */
    static int hostNumber(int number) {
        LinkType type = of(number);
        return type == null ? number : type.hostNumber;
    }
}
