/**
 * A connection as the books draw it: two life lines, an arrow for each segment that meant something, the states of both ends.
 * May look at flows, connections and segments, and at nothing of how it is drawn.
 */
package tcpflowcheck.report.ladder;
