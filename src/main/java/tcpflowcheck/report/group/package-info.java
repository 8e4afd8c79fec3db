/**
 * What flows that have something in common, such as their server or the minute they began in, come to together:
 * counts, sums and distributions in bounded memory. May look at flows and connections, and at nothing of how groups
 * are shown. Lent: flows by the book while they are counted. Given: groups once the captures have ended.
 */
@NullMarked
package tcpflowcheck.report.group;

import org.jspecify.annotations.NullMarked;
