/**
 * What another program may use, such as a JUnit test: captures in, flows as given values out, and assertions on them
 * that say what the tool says. Its signatures name {@code java}, {@code org.junit.jupiter.api} and this package,
 * nothing else; all other packages may change from one version to the next. Times are nanoseconds, lengths octets,
 * frames count from 1. Lent: nothing. Given: all of it.
 */
@NullMarked
package tcpflowcheck.api;

import org.jspecify.annotations.NullMarked;
