package tcpflowcheck.tcp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found in one connection: one entry for each rule and side, counted. */
public final class Findings {
    /** What a connection has in which nothing was found. */
    static final Findings NONE = new Findings();

    private List<Finding> findings = List.of();

    /** Gives what was found before with one more, or is new. */
    Finding add(TcpEvent.Found found) {
        Finding finding = find(found.rule(), found.side());
        if (finding == null) {
            finding = new Finding(found);
            if (findings.isEmpty()) {
                findings = new ArrayList<>(2);
            }
            findings.add(finding);
        } else {
            finding.again(found.frame(), found.severity());
        }
        return finding;
    }

    /** Says what came of it, and counts it once more or if it was not found before. */
    void sumUp(TcpEvent.Found found, boolean counts) {
        Finding before = find(found.rule(), found.side());
        Finding finding = counts || before == null ? add(found) : before;
        finding.sumUp(found.message(), found.severity());
    }

    /** In the order in which each was first found. */
    public List<Finding> list() {
        return findings;
    }

    /** Counts what was found before once more; false if it was not. */
    boolean again(Rule rule, Side side, long frame) {
        Finding finding = find(rule, side);
        if (finding != null) {
            finding.again(frame, finding.severity());
        }
        return finding != null;
    }

    /** Another frame belongs to what was found, if it was. */
    void isIn(Rule rule, Side side, long frame) {
        Finding finding = find(rule, side);
        if (finding != null) {
            finding.isIn(frame);
        }
    }

    /** What was found in a frame was none; false if it was not found there. */
    boolean takeBack(Rule rule, Side side, long frame) {
        Finding finding = find(rule, side);
        if (finding == null || !finding.takeBack(frame)) {
            return false;
        }
        if (finding.count() == 0) {
            findings.remove(finding);
        }
        return true;
    }

    /** The last frame that is named for a rule and a side; 0 if nothing was found. */
    long lastFrame(Rule rule, Side side) {
        Finding finding = find(rule, side);
        return finding == null || finding.frameCount() == 0 ? 0 : finding.frame(finding.frameCount() - 1);
    }

    boolean has(Rule rule) {
        return has(rule, Side.CLIENT) || has(rule, Side.SERVER);
    }

    boolean has(Rule rule, Side side) {
        return find(rule, side) != null;
    }

    private @Nullable Finding find(Rule rule, Side side) {
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (finding.rule() == rule && finding.side() == side) {
                return finding;
            }
        }
        return null;
    }
}
