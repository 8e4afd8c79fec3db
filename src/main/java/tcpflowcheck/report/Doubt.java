package tcpflowcheck.report;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.TransitionLog;

/** What the capture can't prove of a connection that has ended. */
final class Doubt {
    private Doubt() {}

    /** Whether a state on one of the paths, or one of the kinds, is in doubt. */
    static boolean isIn(Connection connection) {
        Reset reset = connection.reset();
        return isIn(connection.log())
                || (reset != null && !reset.certain())
                || !connection.handshake().certain()
                || !connection.closing().certain();
    }

    private static boolean isIn(TransitionLog log) {
        for (int i = 0; i < log.size(); i++) {
            if (isIn(log, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a transition is believed and not proven. */
    static boolean isIn(TransitionLog log, int index) {
        return !log.certain(index) && !log.revised(index);
    }
}
