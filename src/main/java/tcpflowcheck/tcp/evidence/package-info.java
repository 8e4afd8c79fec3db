/**
 * What is proven of one end's states: the segments that passed the tap, and every history of that end that can have
 * made them. It knows the diagram and sequence numbers, and nothing of rules, text or reports. Lent: the room of
 * {@link tcpflowcheck.tcp.evidence.Sightings}, from one connection to the next. Given: {@link
 * tcpflowcheck.tcp.evidence.Step}, an arrow that was walked, and with those before it a path.
 */
@NullMarked
package tcpflowcheck.tcp.evidence;

import org.jspecify.annotations.NullMarked;
