/**
 * The judge: an exhaustive model of two RFC 9293 endpoints and the network between them, with the tap in its middle. For
 * each capture that a bounded world can make it knows all paths that can have made it, and counts what the tool says of
 * them. Only what plays the world or compares with it may enter.
 */
package tcpflowcheck.model;
