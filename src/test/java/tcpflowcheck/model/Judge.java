package tcpflowcheck.model;

import tcpflowcheck.tcp.TcpState;

/**
 * Compares what is said of an end with all paths that can have made the capture.
 *
 * <p>A transition is proven if all possible paths have it at its place: the same two states, at the same index. Of a
 * capture that is cut, the possible paths hold each end as it may be right after the last frame and at any moment later
 * without another frame: what has passed the tap may have arrived or not, what an end has sent may not have reached the
 * tap. A printed path is right if it is one of them; in a capture that is cut also if it is the beginning of one and not
 * all of them go on by the same transition: a FIN that arrives with the ACK of the other end's FIN makes two transitions
 * at once, of which the second is due to an ACK that is still to be captured. Of a capture that goes on in silence nothing
 * is still to come, so the path must be one of them.
 */
final class Judge {
    private static final int NONE = Integer.MAX_VALUE;

    /** The faults that the world allows: where a capture needs as many, a doubt may be due to one more. */
    private final int bound;

    Judge(World world) {
        bound = world.faults() + world.spurious();
    }

    Verdict judge(ToldPath told, TruePaths truth, int end, boolean silence) {
        int least = truth.leastCost();
        boolean possible = false;
        for (int i = 0; i < truth.size() && !possible; i++) {
            possible = told.allows(truth.path(i, end));
        }
        if (!possible) {
            return Verdict.IMPOSSIBLE;
        }
        boolean assumed = false;
        boolean needless = false;
        boolean cautious = false;
        boolean doubted = false;
        int lastNeedless = 0;
        for (int i = 1; i < told.length(); i++) {
            boolean likely = proven(told.path(), i, truth, end, least);
            boolean proven = likely && proven(told.path(), i, truth, end, Integer.MAX_VALUE);
            if (told.isSure(i) && !likely) {
                return Verdict.UNPROVABLE;
            }
            assumed |= told.isSure(i) && !proven;
            needless |= !told.isSure(i) && proven;
            lastNeedless = !told.isSure(i) && proven ? i : lastNeedless;
            cautious |= !told.isSure(i) && likely && !proven;
            doubted |= !told.isSure(i) && !likely;
        }
        int cost = costOf(told.path(), truth, end, silence);
        if (cost == NONE || withholds(told, truth, end)) {
            return cost == NONE ? Verdict.NO_MEMBER : Verdict.WITHHELD;
        }
        if (needless) {
            return needless(told, lastNeedless, least, silence);
        }
        if (cost > least) {
            return Verdict.UNLIKELY;
        }
        return assumed ? Verdict.ASSUMED : cautious ? Verdict.CAUTIOUS : doubted ? Verdict.DOUBTED : Verdict.SURE;
    }

    private Verdict needless(ToldPath told, int last, int least, boolean silence) {
        boolean thirdAck = last == told.length() - 1
                && Paths.at(told.path(), last) == Paths.code(TcpState.ESTABLISHED)
                && Paths.at(told.path(), last - 1) == Paths.code(TcpState.SYN_RECEIVED);
        if (silence && thirdAck) {
            return Verdict.SILENT_THIRD_ACK;
        }
        return least < bound ? Verdict.NEEDLESS : Verdict.NEEDLESS_AT_BOUND;
    }

    /** Whether all possible paths that cost no more than {@code most} make the transition into the state at an index. */
    private static boolean proven(long path, int index, TruePaths truth, int end, int most) {
        for (int i = 0; i < truth.size(); i++) {
            if (truth.cost(i) <= most && !Paths.sameStep(path, truth.path(i, end), index)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The least cost of a path that is the printed one, or before the end of a capture goes on from it. Where an end that
     * has done nothing stands, LISTEN or CLOSED, is nothing that a capture tells.
     */
    private static int costOf(long told, TruePaths truth, int end, boolean exactly) {
        int least = NONE;
        for (int i = 0; i < truth.size(); i++) {
            long path = truth.path(i, end);
            boolean silent = Paths.length(told) == 1 && (!exactly || Paths.length(path) == 1);
            boolean same = path == told || silent || path == givenUp(told);
            if (same || (!exactly && Paths.startsWith(path, told))) {
                least = Math.min(least, truth.cost(i));
            }
        }
        return least;
    }

    /** In SYN-SENT the user may delete the connection (RFC 9293, section 3.10.4), which nothing shows. */
    private static long givenUp(long told) {
        boolean inSynSent = Paths.last(told) == Paths.code(TcpState.SYN_SENT);
        return inSynSent ? Paths.with(told, Paths.code(TcpState.CLOSED)) : told;
    }

    /** Whether all possible paths go on from the printed one by the same transition. */
    private static boolean withholds(ToldPath told, TruePaths truth, int end) {
        long first = truth.path(0, end);
        return first != givenUp(told.path())
                && Paths.length(first) > told.length()
                && Paths.startsWith(first, told.path())
                && proven(first, told.length(), truth, end, Integer.MAX_VALUE);
    }
}
