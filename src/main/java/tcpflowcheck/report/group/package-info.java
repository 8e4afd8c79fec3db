/**
 * What flows that have something in common, such as their server or the minute they began in, come to together: counts,
 * sums and distributions in bounded memory. May look at flows and connections, and at nothing of how groups are shown.
 */
package tcpflowcheck.report.group;
