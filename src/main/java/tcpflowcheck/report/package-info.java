/**
 * The same happenings in every form: text, tcpdump lines, JSON, SARIF, and the words of Zeek and Wireshark. A form is a
 * {@link tcpflowcheck.report.Reporter} that is told of flows and decides nothing about them; whatever others have written is
 * made safe to print here.
 */
package tcpflowcheck.report;
