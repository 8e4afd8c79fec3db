/**
 * Captures on real interfaces, for long and under load. What runs for hours is for the profile {@code long}.
 */
package tcpflowcheck.live;
