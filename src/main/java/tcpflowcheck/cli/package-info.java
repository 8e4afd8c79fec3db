/**
 * Options in, exit code out: which inputs, which reporters, which checks, and what is said on standard error. Here
 * alone is picocli known. Whatever another program could want of a capture belongs below. Lent: the frame at hand, to
 * who follows it. Given: options.
 */
@NullMarked
package tcpflowcheck.cli;

import org.jspecify.annotations.NullMarked;
