package tcpflowcheck.check;

/**
 * Given: how a check came out.
 *
 * @param failed whether something forbidden was found
 * @param reason what, and where, for the user; empty if nothing was
 */
public record Verdict(boolean failed, String reason) {
    public static final Verdict PASSED = new Verdict(false, "");
}
