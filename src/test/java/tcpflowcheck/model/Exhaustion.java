package tcpflowcheck.model;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Walks all captures that a world can make. A capture is a word over captured segments; its node is the set of all states
 * that are possible right after its last frame and up to the next one (the subset construction), depth first.
 */
final class Exhaustion {
    /** Gets each capture once. All is lent. */
    interface Visitor {
        /**
         * A capture.
         *
         * @param cut what can have happened when it ends right after its last frame; what has not passed the tap too
         * @param quiescent what can have happened when nothing is outstanding any more and silence follows; maybe empty
         */
        void capture(char[] word, int length, TruePaths cut, TruePaths quiescent);
    }

    private final World world;
    private final Visitor visitor;
    /** The one capture that is wanted, or null for all. */
    private final char[] only;

    private final Moves moves;
    private final char[] word;
    private final ArrayDeque<StateSet> free = new ArrayDeque<>();
    private final TruePaths cut = new TruePaths();
    private final TruePaths quiescent = new TruePaths();
    private final ModelState state = new ModelState();
    private long captures;
    private long states;

    Exhaustion(World world, Visitor visitor) {
        this(world, null, visitor);
    }

    private Exhaustion(World world, char[] only, Visitor visitor) {
        this.world = world;
        this.only = only;
        this.visitor = visitor;
        moves = new Moves(world);
        word = new char[world.frames()];
    }

    /** Walks along one capture alone, and tells of it and of its beginnings. */
    static void follow(World world, char[] word, Visitor visitor) {
        new Exhaustion(world.to(word.length), word, visitor).run();
    }

    Exhaustion run() {
        StateSet start = set();
        state.start(world, World.Second.LISTENS);
        start.add(state);
        state.start(world, world.second());
        start.add(state);
        node(start, 0);
        return this;
    }

    private void node(StateSet set, int depth) {
        moves.close(set);
        states += set.size();
        if (depth > 0) {
            tell(set, depth);
        }
        if (depth == world.frames()) {
            give(set);
            return;
        }
        Map<Integer, StateSet> children = children(set, depth);
        give(set);
        children.forEach((captured, child) -> {
            word[depth] = (char) (int) captured;
            node(child, depth + 1);
        });
    }

    private void tell(StateSet set, int depth) {
        captures++;
        cut.clear();
        quiescent.clear();
        for (int i = 0; i < set.size(); i++) {
            set.load(i, state);
            cut.add(state);
            if (state.quiescent()) {
                quiescent.add(state);
            }
        }
        visitor.capture(word, depth, cut, quiescent);
    }

    private Map<Integer, StateSet> children(StateSet set, int depth) {
        TreeMap<Integer, StateSet> children = new TreeMap<>();
        for (int i = 0; i < set.size(); i++) {
            for (int sender = 0; sender < 2; sender++) {
                int captured = moves.captured(set, i, sender);
                if (captured != 0 && (only == null || only[depth] == captured)) {
                    moves.pass(set, i, sender, children.computeIfAbsent(captured, key -> set()));
                }
            }
        }
        return children;
    }

    private StateSet set() {
        return free.isEmpty() ? new StateSet() : free.pop();
    }

    private void give(StateSet set) {
        set.clear();
        free.push(set);
    }

    long captures() {
        return captures;
    }

    /** States of all captures together. */
    long states() {
        return states;
    }

    /** Moves of all captures together: the edges of their graphs of histories. */
    long edges() {
        return moves.made();
    }

    /** States given up since a leg was full. */
    long dropped() {
        return moves.dropped();
    }
}
