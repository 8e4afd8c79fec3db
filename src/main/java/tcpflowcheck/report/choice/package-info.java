/**
 * Which flows a report shows: the language of {@code --only}, read once into terms that are asked of each flow that
 * has ended. May look at flows and connections, and at nothing of how they are shown. Lent: nothing. Given: the
 * choice, and the flows that it is asked of.
 */
@NullMarked
package tcpflowcheck.report.choice;

import org.jspecify.annotations.NullMarked;
