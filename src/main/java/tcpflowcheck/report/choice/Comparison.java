package tcpflowcheck.report.choice;

/** The operators. */
final class Comparison {
    private Comparison() {}

    /** @param sign of what is seen, compared with what is written */
    static boolean holds(String operator, int sign) {
        return switch (operator) {
            case "<" -> sign < 0;
            case "<=" -> sign <= 0;
            case ">" -> sign > 0;
            case ">=" -> sign >= 0;
            default -> sign == 0;
        };
    }
}
