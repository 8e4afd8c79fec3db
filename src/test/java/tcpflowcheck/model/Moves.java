package tcpflowcheck.model;

import tcpflowcheck.tcp.TcpState;

/** All that may happen next without a segment passing the tap, and what passes it. */
final class Moves {
    private final World world;
    private final ModelState now = new ModelState();
    private final ModelState next = new ModelState();
    private StateSet set;
    private int at;
    private long made;
    private long dropped;

    Moves(World world) {
        this.world = world;
    }

    /** How many moves were made, those into known states too. */
    long made() {
        return made;
    }

    /** How many states were given up since a leg was full. */
    long dropped() {
        return dropped;
    }

    /** Adds all that can come of the states in a set before another segment passes the tap. */
    void close(StateSet open) {
        set = open;
        for (at = 0; at < set.size(); at++) {
            set.load(at, now);
            for (int end = 0; end < 2; end++) {
                ofUser(end);
                ofStack(end);
                ofNetwork(end);
            }
        }
    }

    /** What passes the tap if the next segment of an end does, in the state at an index; 0 if there is none. */
    int captured(StateSet closed, int index, int sender) {
        closed.load(index, next);
        int segment = Leg.head(next.legs[ModelState.before(sender)]);
        return segment == 0 ? 0 : segment | (sender == 0 ? 0 : Segments.FROM_SECOND);
    }

    /** Adds the state after that. */
    void pass(StateSet closed, int index, int sender, StateSet into) {
        closed.load(index, next);
        next.put(ModelState.behind(sender), next.take(ModelState.before(sender)));
        keep(into);
    }

    private ModelEnd end(int index) {
        set.load(at, next);
        return next.ends[index];
    }

    private void keep(StateSet into) {
        made++;
        if (next.overflow) {
            dropped++;
        } else {
            into.add(next);
        }
    }

    private void keep() {
        keep(set);
    }

    private void ofUser(int index) {
        ModelEnd end = now.ends[index];
        World.Choices choices = world.choices();
        if (end.mayOpen()) {
            end(index).open();
            keep();
        }
        if (end.maySendText(index == 0 ? world.clientOctets() : world.serverOctets())) {
            end(index).sendText();
            keep();
            if (choices.textWithFin()) {
                end(index).closeWithText();
                keep();
            }
        }
        if (end.mayClose(choices.closeInSynReceived())) {
            end(index).close();
            keep();
        }
        if (choices.queuedFin() && end.mayCloseBehindText()) {
            end(index).closeBehindText();
            keep();
        }
        if (now.aborts < world.aborts()) {
            abort(index);
        }
    }

    private void abort(int index) {
        ModelEnd end = now.ends[index];
        if (end.state == TcpState.SYN_SENT) {
            end(index).end();
            next.aborts++;
            keep();
        }
        for (int form = 0; form < 2 && end.mayAbort(); form++) {
            if (form == 0 ? world.choices().bareAborts() : world.choices().ackedAborts()) {
                end(index).abort(form == 1);
                next.aborts++;
                keep();
            }
        }
    }

    private void ofStack(int index) {
        ModelEnd end = now.ends[index];
        if (end.finQueued() && end.una == end.nxt) {
            end(index).sendQueuedFin();
            keep();
        }
        if (end.ackPending()) {
            end(index).sendAck();
            keep();
        }
        if (end.outstanding()) {
            boolean needed = now.needsRetransmission(index);
            if (needed || now.spurious < world.spurious()) {
                end(index).retransmit();
                next.spurious += needed ? 0 : 1;
                keep();
            }
        }
        if (now.lost < world.lost()
                && Paths.length(end.path) > 1
                && Paths.last(end.path) > Paths.code(TcpState.LISTEN)) {
            end(index).end();
            next.lost++;
            keep();
        }
    }

    private void ofNetwork(int receiver) {
        int leg = ModelState.behind(1 - receiver);
        if (now.legs[leg] != 0) {
            if (now.ends[receiver].kindMatters(Leg.head(now.legs[leg]))) {
                arrive(receiver, leg, true, true);
                arrive(receiver, leg, true, false);
            } else {
                arrive(receiver, leg, false, false);
            }
        }
        if (now.faults < world.faults()) {
            fault(ModelState.before(receiver));
            fault(leg);
        }
    }

    private void arrive(int receiver, int leg, boolean matters, boolean linux) {
        ModelEnd end = end(receiver);
        if (matters) {
            end.becomes(linux);
        }
        end.receive(next.take(leg));
        keep();
    }

    private void fault(int leg) {
        long before = now.legs[leg];
        if (before == 0) {
            return;
        }
        damage(leg, Leg.rest(before));
        if (Leg.size(before) < Leg.LIMIT) {
            damage(leg, Leg.duplicated(before));
        }
        if (Leg.swapped(before) != before) {
            damage(leg, Leg.swapped(before));
        }
    }

    private void damage(int leg, long after) {
        set.load(at, next);
        next.legs[leg] = after;
        next.faults++;
        keep();
    }
}
