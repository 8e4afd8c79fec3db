/**
 * One connection as RFC 9293 sees it: the diagram, its two ends, how it was opened, closed and reset, and the rules of
 * what can go wrong. It is handed segments with the end that sent them. What needs a second connection belongs in
 * {@code flow}, what is proven of an end in {@code tcp.evidence}, words for a reader in {@code report}. Lent: the
 * segment at hand. Given: {@link tcpflowcheck.tcp.TcpEvent}; a {@link tcpflowcheck.tcp.Connection} once it has ended.
 */
@NullMarked
package tcpflowcheck.tcp;

import org.jspecify.annotations.NullMarked;
