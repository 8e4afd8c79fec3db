/**
 * What was expected of a report, and whether it happened: expectation files, {@code --fail-on}, and how a check that
 * failed is told to a person, to CI and to JUnit. It holds what {@code report} says against what is written, and looks
 * at no segment. Lent: the tree of the JSON object that was told last. Given: expectations and misses.
 */
@NullMarked
package tcpflowcheck.check;

import org.jspecify.annotations.NullMarked;
