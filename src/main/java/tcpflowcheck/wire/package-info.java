/**
 * Octets of a frame read as headers, never copied, down to one TCP segment or the ICMP error that quotes one;
 * checksums, addresses and sequence numbers. Nothing is allocated for a segment, nothing that a network sends throws.
 * What needs a second segment to be known belongs in {@code tcp}. Lent: all of it, a {@link
 * tcpflowcheck.wire.TcpSegment} with its options until the next frame is decoded. Given: {@link
 * tcpflowcheck.wire.TcpSegment#copy}, for the few that have to wait.
 */
@NullMarked
package tcpflowcheck.wire;

import org.jspecify.annotations.NullMarked;
