package tcpflowcheck.tcp;

/** What the receiver of an RST makes of it (RFC 9293, section 3.10.7; RFC 5961, section 3.2). */
enum ResetVerdict {
    /** It may be exactly next, or it acknowledges the SYN: the connection ends. */
    ACCEPTABLE,
    /** In the window and not exactly next: answered by a challenge ACK. */
    CHALLENGED,
    /** Outside the window, or in SYN-SENT without an ACK of the SYN: dropped. */
    UNACCEPTABLE,
    /** There is no connection any more, or none yet. */
    IGNORED
}
