/**
 * The packet script: packetdrill's notation with both ends written and the expectation on the same line
 * (src/site/markdown/scripts.md). Scripts lie in src/test/resources/scripts; what no script can write, and fires a
 * rule, is a test here with {@link tcpflowcheck.script.Fires}.
 */
package tcpflowcheck.script;
