package tcpflowcheck.api;

/**
 * Given: the RST that ended a connection.
 *
 * @param kind what it meant
 * @param by who sent it
 * @param frame in which, from 1
 * @param certain false where the kind rests on what the capture can't prove
 */
public record Reset(ResetKind kind, Side by, long frame, boolean certain) {}
