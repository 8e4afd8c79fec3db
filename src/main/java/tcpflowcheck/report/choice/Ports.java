package tcpflowcheck.report.choice;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tcpflowcheck.tcp.Side;

/** Ports, and ranges of them: {@code 80,8000-8010}. */
final class Ports {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final int MOST = 65_535;

    private Ports() {}

    /** One of the ends has one of them. */
    static Term term(String values) throws ChoiceException {
        String[] ranges = values.split(",", -1);
        int[] first = new int[ranges.length];
        int[] last = new int[ranges.length];
        for (int i = 0; i < ranges.length; i++) {
            Matcher range = RANGE.matcher(ranges[i]);
            boolean matches = range.matches();
            first[i] = matches ? Integer.parseInt(range.group(1)) : MOST + 1;
            last[i] = matches && range.group(2) != null ? Integer.parseInt(range.group(2)) : first[i];
            if (first[i] > last[i] || last[i] > MOST) {
                throw new ChoiceException(ranges[i], "expected a port or a range of ports: 80 or 8000-8010", List.of());
            }
        }
        return flow -> {
            for (Side side : Side.values()) {
                int port = flow.port(side);
                for (int i = 0; i < first.length; i++) {
                    if (first[i] <= port && port <= last[i]) {
                        return true;
                    }
                }
            }
            return false;
        };
    }
}
