package tcpflowcheck.wire;

/** Lent with its segment: what the packet was carried in, from the outermost on. */
public final class Encapsulation {
    /** Most VLAN tags that are kept of one frame. */
    public static final int MAX_VLANS = 4;

    /** Most packets that are looked for one in another. */
    public static final int MAX_TUNNELS = 4;

    private static final int VLAN_BITS = 12;
    private static final int MAX_VLAN = (1 << VLAN_BITS) - 1;
    /** No datagram's: one that should be 0 is written ffff. */
    private static final int RIGHT = 0;

    private static final long[] NO_FRAMES = {};

    private int vlanCount;
    private final int[] vlans = new int[MAX_VLANS];
    private int tunnelCount;
    private final Tunnel[] tunnels = new Tunnel[MAX_TUNNELS];
    private final int[] tunnelIds = new int[MAX_TUNNELS];
    private long[] fragmentFrames = NO_FRAMES;
    /** The checksum of the outermost datagram around it that has a wrong one, above what it should be; or {@link #RIGHT}. */
    private int wrongSum;

    private boolean unfinishedSum;

    void begin() {
        vlanCount = 0;
        tunnelCount = 0;
        wrongSum = RIGHT;
        unfinishedSum = false;
        if (fragmentFrames != NO_FRAMES) { // storing a reference has a price that comparing has not
            fragmentFrames = NO_FRAMES;
        }
    }

    void copyTo(Encapsulation copy) {
        copy.vlanCount = vlanCount;
        System.arraycopy(vlans, 0, copy.vlans, 0, MAX_VLANS);
        copy.tunnelCount = tunnelCount;
        System.arraycopy(tunnels, 0, copy.tunnels, 0, MAX_TUNNELS);
        System.arraycopy(tunnelIds, 0, copy.tunnelIds, 0, MAX_TUNNELS);
        copy.fragmentFrames = fragmentFrames;
        copy.wrongSum = wrongSum;
        copy.unfinishedSum = unfinishedSum;
    }

    void addVlan(int identifier) {
        if (vlanCount < MAX_VLANS) {
            vlans[vlanCount++] = identifier;
        }
    }

    void addTunnel(Tunnel tunnel, int identifier) {
        tunnels[tunnelCount] = tunnel;
        tunnelIds[tunnelCount++] = identifier;
    }

    /** What was no tunnel after all is taken back. */
    void keepTunnels(int count) {
        tunnelCount = count;
    }

    /** A datagram around it has a checksum that is not what it should be; neither is 0. */
    void wrongSum(int field, int right) {
        if (wrongSum == RIGHT) {
            wrongSum = field << 16 | right;
        }
    }

    /** A datagram around it has the pseudo-header's sum alone, for a network card to complete. */
    void unfinishedSum() {
        unfinishedSum = true;
    }

    /** Whether the checksum of a UDP datagram around it is wrong, as it was captured. */
    public boolean sumIsWrong() {
        return wrongSum != RIGHT;
    }

    /** That checksum, of the outermost such datagram. */
    public int sumThere() {
        return wrongSum >>> 16;
    }

    /** What it should be. */
    public int sumExpected() {
        return wrongSum & 0xffff;
    }

    /** Whether a UDP datagram around it has a checksum that a network card was still to complete. */
    public boolean sumIsUnfinished() {
        return unfinishedSum;
    }

    void fragments(long[] frames) {
        fragmentFrames = frames;
    }

    /** VLAN tags in front of the packet, outermost first, at most {@link #MAX_VLANS}. */
    public int vlanCount() {
        return vlanCount;
    }

    /** The identifier (12 bits) of a tag, from 0, outermost first. */
    public int vlan(int index) {
        return vlans[index];
    }

    /** The VLAN tags in one number, 12 bits each, the outermost lowest, below three bits of how many there are. */
    public long vlans() {
        long all = (long) vlanCount << (VLAN_BITS * MAX_VLANS);
        for (int i = 0; i < vlanCount; i++) {
            all |= (long) vlans[i] << (VLAN_BITS * i);
        }
        return all;
    }

    void vlans(long all) {
        vlanCount = 0;
        for (int i = 0; i < all >>> (VLAN_BITS * MAX_VLANS); i++) {
            addVlan((int) (all >>> (VLAN_BITS * i)) & MAX_VLAN);
        }
    }

    public int tunnelCount() {
        return tunnelCount;
    }

    /** What the packet was carried in, outermost first. */
    public Tunnel tunnel(int index) {
        return tunnels[index];
    }

    /** Its number, of 32 bits without sign; 0 if that kind has none. */
    public int tunnelId(int index) {
        return tunnelIds[index];
    }

    /** Given: the frames of the fragments that its packet was put together from, none if it was whole. */
    public long[] fragmentFrames() {
        return fragmentFrames;
    }
}
