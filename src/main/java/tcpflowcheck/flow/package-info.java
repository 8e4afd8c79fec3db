/**
 * Many connections told apart: the flow of each segment, when it ends, in which order and with how much memory flows
 * are told, and what only many flows show, floods and scans. What one connection can show alone belongs in {@code
 * tcp}, what is printed of it in {@code report}. Lent: {@code FlowKey}, held records and their
 * segments, {@link tcpflowcheck.flow.PlainFlow}. Given: a {@link tcpflowcheck.flow.Flow} once it has ended, which
 * changes no more.
 */
@NullMarked
package tcpflowcheck.flow;

import org.jspecify.annotations.NullMarked;
