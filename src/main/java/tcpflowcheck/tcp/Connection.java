package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.evidence.SightingRoom;
import tcpflowcheck.tcp.evidence.Sightings;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** One connection, as RFC 9293 sees it: two endpoints, and what is remembered of how it was opened, closed and reset. */
public final class Connection {
    private static final long LEAST_OCTETS = 2300;
    private static final long FINDING_OCTETS = 160;

    /** What an end waits at first before it sends again (RFC 6298, section 2). */
    public static final long FIRST_TIMEOUT_NANOS = 1_000_000_000L;

    /** Silence after which a loss would have been repaired: who tells of a connection before makes doubt. */
    public static final long LEAST_SILENCE_NANOS = 3 * FIRST_TIMEOUT_NANOS;

    private final TcpEvent.Sink sink;
    private final OctetLog octets;
    private final Endpoint client;
    private final Endpoint server;
    private final Handshake handshake = new Handshake(this);
    private final Closing closing = new Closing(this);
    private final TransitionLog log = new TransitionLog();
    private final Sightings sightings;

    /** Null while it goes as most connections do. */
    private @Nullable Evidence evidence;

    private Findings findings = Findings.NONE;
    private @Nullable Resets resets;

    /** Null until a checksum is wrong. */
    private @Nullable WrongSums wrongSums;

    /** Null until there is a segment that its receiver must drop. */
    private @Nullable Withheld withheld;

    /** Null until there is more than SYNs. */
    private @Nullable SegmentAnalysis analysis;

    private final boolean midstream;

    /** Nothing but RSTs has passed, which say nothing of any state: what they reset was not captured. */
    private boolean onlyResets;

    private boolean wasSynchronized;

    /** Null unless the same addresses and ports were used before. */
    private @Nullable Former former;

    private final Timing timing = new Timing(this);

    /**
     * Starts with the connection's first segment, which {@link #on} is still to be given.
     *
     * @param first a SYN or a SYN,ACK; anything else makes both ends ESTABLISHED, assumed
     * @param sink where events go
     * @param octets where the first octets of each segment's text are kept
     * @param room where what is seen of it is kept until it ends
     */
    public Connection(TcpSegment first, TcpEvent.Sink sink, OctetLog octets, SightingRoom room) {
        sightings = new Sightings(room);
        this.sink = sink;
        this.octets = octets;
        midstream = !first.isSyn() || first.isRst();
        wasSynchronized = midstream;
        onlyResets = first.isRst();
        client = midstream
                ? new Endpoint(this, TcpState.ESTABLISHED, TcpState.ESTABLISHED)
                : new Endpoint(this, TcpState.CLOSED, TcpState.LISTEN);
        server = client.peer();
    }

    /** The connection that used the same addresses and ports before; its segments may still come. */
    public void follows(Connection former, boolean rolesSwapped) {
        this.former = new Former(former, this, rolesSwapped);
        former.former = null;
    }

    /** A segment from {@code side} passes. */
    public void on(Side side, TcpSegment segment) {
        Endpoint sender = endpoint(side);
        Endpoint receiver = endpoint(side.peer());
        sender.traffic().count(segment);
        if (CopyRules.isCopy(this, sender, segment)) {
            if (segment.isRst()) {
                sightings.resetAgain(side, segment.seq());
            }
            return;
        }
        if (isOfFormer(side, segment)) {
            return;
        }
        timing.passes(segment);
        boolean whole = HeaderRules.see(this, sender, receiver, segment);
        OptionRules.see(this, sender, receiver, segment);
        onlyResets &= segment.isRst();
        if (onlyResets) {
            Resets.noteText(this, sender, segment);
        } else if (segment.isRst()) {
            onReset(sender, receiver, segment, whole);
        } else if (segment.isSyn() && segment.isFin() && !segment.isAck() && ended()) {
            return; // it opens nothing anew
        } else if (segment.isSyn() || isTaken(sender, receiver, segment, whole)) {
            if (withheld != null) {
                withheld.sees(sender, segment);
            }
            arrives(sender, segment);
        }
    }

    /** Whether it belongs to the connection before; an RST that rejects an answer of that one does not. */
    private boolean isOfFormer(Side side, TcpSegment segment) {
        return former != null && !handshake.isRejection(segment) && former.sent(side, segment);
    }

    /** What a segment of {@code side} acknowledges that is not of this connection. */
    String otherHeldBy(Side side, TcpSegment segment) {
        String before = former == null ? null : former.heldBy(side, segment);
        return before == null ? "another connection" : before;
    }

    /** Whether the other connection that a segment of {@code side} is of may be in TIME-WAIT there. */
    boolean mayOtherBeInTimeWait(Side side, TcpSegment segment) {
        return former == null || !former.isOpenAt(side, segment);
    }

    private void onReset(Endpoint sender, Endpoint receiver, TcpSegment segment, boolean whole) {
        if (!whole) {
            found(Rule.RESET_UNACCEPTABLE, sender, segment, "RST with a wrong checksum");
            return;
        }
        if (withheld != null) {
            withheld.settle();
        }
        resets = resets == null ? new Resets(this) : resets;
        resets.on(sender, receiver, segment);
    }

    /** Whether its receiver takes a segment with neither SYN nor RST; if not (yet), it is kept until that is settled. */
    private boolean isTaken(Endpoint sender, Endpoint receiver, TcpSegment segment, boolean whole) {
        Acceptance acceptance = whole ? Acceptance.of(sender, receiver, segment) : Acceptance.DAMAGED;
        if (acceptance == Acceptance.UNSEEN_ACKED && withheld != null && withheld.releases(sender, segment)) {
            acceptance = Acceptance.of(sender, receiver, segment);
        }
        if (acceptance == Acceptance.ACCEPTED || !Withheld.waits(acceptance, segment)) {
            return true;
        }
        withheld = withheld == null ? new Withheld(this) : withheld;
        if (acceptance == Acceptance.FAR_FROM_WINDOW && withheld.isContinued(sender, segment)) {
            return true;
        }
        withheld.add(sender, segment, acceptance);
        return false;
    }

    /** A segment with no RST is taken, perhaps later than it was captured. */
    void arrives(Endpoint sender, TcpSegment segment) {
        Endpoint receiver = sender.peer();
        sender.traffic().noteTimestamps(segment, sender.isInSequence(segment));
        sender.traffic().noteTimeToLive(segment.timeToLive());
        if (resets != null) {
            resets.sees(sender, segment);
        }
        if (analysis == null && (segment.length() > 0 || !segment.isSyn())) {
            analysis = new SegmentAnalysis(this, octets, segment.time());
        }
        if (analysis != null) {
            analysis.sees(sender, receiver, segment);
        }
        handshake.sees(sender, receiver, segment);
        int end = segment.seq() + segment.length();
        boolean newOctets = segment.length() > 0 && (!sender.sndNxtKnown() || SeqNumber.gt(end, sender.sndNxt()));
        timing.taken(sender.side(), segment, newOctets);
        walk(sender, receiver, segment);
        if (resets != null) {
            resets.review(segment.frame(), segment.time());
        }
        closing.sees(sender, receiver, segment, newOctets);
    }

    /** A segment from {@code side} passes whose data offset is wrong, so that nothing but its fixed fields is known. */
    public void onMalformed(Side side, TcpSegment segment) {
        HeaderRules.malformed(this, endpoint(side), segment);
    }

    /** Both ends walk: by what comes next where it is that, else by all that is possible. */
    void walk(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        boolean plain = evidence == null && !server.ignoresThirdAck && sender.isPlain(segment);
        if (!plain) {
            sender.impliesPeersSyn(segment);
        }
        Watch.note(sightings, sender, receiver, segment);
        sender.notes(segment);
        receiver.isAcknowledged(segment);
        if (plain) {
            sender.sends(segment);
            receiver.arrives(segment);
        } else {
            evidence = evidence == null ? new Evidence(this) : evidence;
            evidence.sees(sender, segment);
        }
        if (segment.isFin()) {
            receiver.waitsAnew(segment.time());
        }
    }

    /** An ICMP error that quotes the SYN of an end in SYN-SENT passes, by which it may give up. */
    void givesUp(Endpoint end, long frame, long time) {
        sightings.addUnreachable(end.side().peer(), frame, time);
        if (evidence == null) {
            end.fire(StateDiagram.Event.RCV_ICMP, frame, time, true);
        } else {
            evidence.sees(end, frame, time);
        }
    }

    /** The clock of the capture stands at {@code now}, as {@code frame} shows; TIME-WAIT lasts {@code twoMslNanos}. */
    public void clock(long frame, long now, long twoMslNanos) {
        client.clock(frame, now, twoMslNanos);
        server.clock(frame, now, twoMslNanos);
    }

    /** Nothing more is to come: the last frame of the flow is known, and the clock of the capture stands at {@code until}. */
    public void end(long frame, long time, long until, Ending ending) {
        timing.end(Math.max(until - time, 0));
        if (withheld != null) {
            withheld.settle();
        }
        if (wrongSums != null) {
            wrongSums.tell();
        }
        if (analysis != null && analysis.hangs().thirdAck().comesToLight(until)) {
            evidence = evidence == null ? new Evidence(this) : evidence;
            sightings.notTaken(Side.CLIENT);
        }
        Settlement.of(this, evidence, frame, time, until);
        if (resets != null) {
            resets.end(frame, time);
        }
        handshake.end(frame, time, until, ending);
        closing.end(frame, time, until, ending);
        CaptureRules.end(this, frame, time);
        if (analysis != null) {
            analysis.end(time);
        }
        if (evidence == null) {
            sightings.forget();
        }
        former = null;
    }

    // ---- what the ends and the watchers report

    void moved(Side side, Arrow arrow, long frame, long time, boolean certain) {
        log.add(side, arrow, frame, time);
        wasSynchronized |= arrow.to().isSynchronized();
        if (sink.hears()) {
            sink.event(new TcpEvent.Transition(frame, time, side, arrow, log.size() - 1, certain));
        }
    }

    /** Whether anybody wants events. */
    boolean isHeard() {
        return sink.hears();
    }

    void event(TcpEvent event) {
        if (sink.hears()) {
            sink.event(event);
        }
    }

    void found(Rule rule, Endpoint by, TcpSegment segment, String message) {
        found(rule, by.side(), segment.frame(), segment.time(), message);
    }

    /** Something was found that a segment of this side shows, here or among the flows. */
    public void found(Rule rule, Side side, long frame, long time, String message) {
        found(rule, rule.severity(), side, frame, time, message);
    }

    private void found(Rule rule, Severity severity, Side side, long frame, long time, String message) {
        if (sink.ignores(rule, severity)) {
            return;
        }
        TcpEvent.Found found = new TcpEvent.Found(frame, time, side, rule, severity, message);
        findings = findings == Findings.NONE ? new Findings() : findings;
        findings.add(found);
        event(found);
    }

    void found(TcpEvent.Found found) {
        found(found.rule(), found.severity(), found.side(), found.frame(), found.time(), found.message());
    }

    /** What was found in {@code foundIn} is not so, as {@code frame} shows. */
    void withdraw(Rule rule, Side side, long foundIn, long frame, long time) {
        if (findings.takeBack(rule, side, foundIn)) {
            event(new TcpEvent.Withdrawn(frame, time, side, rule, foundIn));
        }
    }

    /** Whatever was found of a rule is not so, as {@code frame} shows. */
    void withdraw(Rule rule, long frame, long time) {
        withdraw(rule, Side.CLIENT, frame, time);
        withdraw(rule, Side.SERVER, frame, time);
    }

    private void withdraw(Rule rule, Side side, long frame, long time) {
        for (long in = findings.lastFrame(rule, side); in > 0; in = findings.lastFrame(rule, side)) {
            withdraw(rule, side, in, frame, time);
        }
    }

    /** Says what came of something that went on for some time; {@code counts} where each such is a finding of its own. */
    void sumUp(TcpEvent.Found found, boolean counts) {
        if (!sink.ignores(found.rule(), found.severity())) {
            findings = findings == Findings.NONE ? new Findings() : findings;
            findings.sumUp(found, counts);
            event(found);
        }
    }

    /** Counts a finding once more if its words were said before and nobody listens; one in every segment must cost little. */
    boolean counted(Rule rule, Endpoint by, TcpSegment segment) {
        return !sink.hears() && findings.again(rule, by.side(), segment.frame());
    }

    WrongSums wrongSums() {
        wrongSums = wrongSums == null ? new WrongSums(this) : wrongSums;
        return wrongSums;
    }

    void foundInCapture(Rule rule, TcpSegment segment) {
        sink.foundInCapture(rule, segment);
    }

    void foundOnce(Rule rule, Endpoint by, TcpSegment segment, String message) {
        if (!findings.has(rule, by.side())) {
            found(rule, by, segment, message);
        }
    }

    /**
     * Its SYN came while an end of the connection before was in TIME-WAIT (RFC 9293, section 3.6.1).
     *
     * @param beyond whether its ISN or timestamp is beyond the old connection's
     */
    public void reusesTimeWait(Side side, TcpSegment syn, boolean beyond) {
        String message = beyond
                ? "SYN to an end in TIME-WAIT, beyond the connection before"
                : "SYN to an end in TIME-WAIT, not beyond the connection before";
        Severity severity = beyond ? Severity.NOTE : Severity.WARNING;
        found(Rule.TIME_WAIT_REUSE, severity, side, syn.frame(), syn.time(), message);
    }

    // ---- what others read

    public Endpoint endpoint(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    public Endpoint client() {
        return client;
    }

    public Endpoint server() {
        return server;
    }

    public Handshake handshake() {
        return handshake;
    }

    public Closing closing() {
        return closing;
    }

    /** For who is asked by the analysis itself, so that there is one. */
    SegmentAnalysis analysis() {
        if (analysis == null) {
            throw new IllegalStateException("nothing but SYNs has passed");
        }
        return analysis;
    }

    /** Null while nothing but SYNs has passed. */
    @Nullable
    SegmentAnalysis analysisIfAny() {
        return analysis;
    }

    /** Numbers of what an end sent. */
    public Measures measures(Side side) {
        return analysis == null ? Measures.NONE : analysis.sent(side).measures;
    }

    /** The RST that ended it, or null. */
    public @Nullable Reset reset() {
        return resets == null ? null : resets.ended();
    }

    /** The round trip of the handshake, 0 if it is not known. */
    long roundTripNanos() {
        return Math.max(handshake.roundTripNanos(), 0);
    }

    /** What an end waits before it sends its SYN or FIN again: RFC 6298's first time-out, or its own last one if longer. */
    long timeoutNanos(Side side) {
        return Math.max(FIRST_TIMEOUT_NANOS, sightings.repairNanos(side));
    }

    Sightings sightings() {
        return sightings;
    }

    /** Where an end is likeliest to be, if all that passed has come there; it may not have shown that yet. */
    TcpState likeliest(Endpoint end) {
        if (evidence != null) {
            return evidence.likeliest(end.side());
        }
        boolean opens = end.state() == TcpState.SYN_SENT && end.peer().state() == TcpState.SYN_RECEIVED;
        return opens ? TcpState.ESTABLISHED : end.state();
    }

    /** About how many octets of memory it takes. */
    public long octets() {
        int found = findings.list().size();
        return LEAST_OCTETS + FINDING_OCTETS * found + (evidence == null ? 0 : evidence.octets());
    }

    /** Whether an end is in TIME-WAIT, or was when an RST came: stacks that follow RFC 1337 ignore that. */
    boolean mayBeInTimeWait(Endpoint end) {
        return end.state() == TcpState.TIME_WAIT
                || (end.state() == TcpState.CLOSED && log.endsIn(end.side(), TcpState.TIME_WAIT, Event.RCV_RST));
    }

    public TransitionLog log() {
        return log;
    }

    public Findings findings() {
        return findings;
    }

    /** Where its time went. */
    public Timing timing() {
        return timing;
    }

    /** Whether nothing but RSTs was captured, so that no state is known of either end. */
    public boolean onlyResets() {
        return onlyResets;
    }

    /** Whether one end was captured alone, and acknowledges the other. */
    public boolean isOneWay() {
        boolean clientSeen = client.traffic().packets() > 0;
        boolean serverSeen = server.traffic().packets() > 0;
        return !onlyResets && clientSeen != serverSeen && (clientSeen ? client : server).rcvNxtKnown();
    }

    /** Whether it began before the capture, so that both ends were taken to be ESTABLISHED. */
    public boolean midstream() {
        return midstream;
    }

    /** Whether either end has reached a synchronized state. */
    public boolean wasSynchronized() {
        return wasSynchronized;
    }

    /** Both ends are CLOSED or in TIME-WAIT (or back in LISTEN), and at least one has been through something, or RSTs are all. */
    public boolean ended() {
        boolean clientDone = client.state().ended();
        boolean serverDone = server.state().ended() || (server.state() == TcpState.LISTEN && client.hasMoved());
        return onlyResets || (clientDone && serverDone && (client.hasMoved() || server.hasMoved()));
    }

    /** The MSS that both ends can use (RFC 9293, section 3.7.1), -1 if neither SYN was captured. */
    public int effectiveMss(int ipVersion) {
        return OptionRules.effectiveMss(client.options(), server.options(), ipVersion);
    }
}
