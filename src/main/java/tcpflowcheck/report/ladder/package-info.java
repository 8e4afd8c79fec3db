/**
 * A connection as the books draw it: two life lines, an arrow for each segment that meant something, the states of
 * both ends. May look at flows, connections and segments, and at nothing of how it is drawn. Lent: the segment at
 * hand, of which what is drawn is kept. Given: the ladder of a flow that has ended.
 */
@NullMarked
package tcpflowcheck.report.ladder;

import org.jspecify.annotations.NullMarked;
