/**
 * What is proven of one end's states: the segments that passed the tap, and every history of that end that can have
 * made them. It knows the diagram and sequence numbers, and nothing of rules, text or reports.
 */
package tcpflowcheck.tcp.evidence;
