/**
 * One segment's header as RFC 9293 draws it (Figure 1): rows of 32 bits, of fields with what they hold. May look at
 * segments and options, and at nothing of how it is drawn. Lent: the segment at hand. Given: its rows.
 */
@NullMarked
package tcpflowcheck.report.header;

import org.jspecify.annotations.NullMarked;
