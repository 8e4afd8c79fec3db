/**
 * The same happenings in every form: text, tcpdump lines, JSON, SARIF, and the words of Zeek and Wireshark. A form is
 * a {@link tcpflowcheck.report.Reporter} that is told of flows and decides nothing about them; whatever others have
 * written is made safe to print here. Lent: segments and the lists that events come in; a {@link
 * tcpflowcheck.report.TextBuffer}. Given: events, flows that have ended, the {@link tcpflowcheck.report.Summary} at
 * the end.
 */
@NullMarked
package tcpflowcheck.report;

import org.jspecify.annotations.NullMarked;
