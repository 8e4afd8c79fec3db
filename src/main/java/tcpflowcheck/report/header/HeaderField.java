package tcpflowcheck.report.header;

import java.util.List;

/**
 * Given: a field of a row.
 *
 * @param bits how wide it is, 1 to 32
 * @param lines what it is and holds
 * @param stands whether it stands out: a flag that is set
 */
public record HeaderField(int bits, List<String> lines, boolean stands) {
    static HeaderField of(int bits, String... lines) {
        return new HeaderField(bits, List.of(lines), false);
    }
}
