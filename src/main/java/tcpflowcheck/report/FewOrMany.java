package tcpflowcheck.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Where no view was asked for: each flow with its evidence if all captures together have few, else a table. Until that is
 * known both reports are written and kept: where all flows are told, until the eleventh is born.
 */
public final class FewOrMany implements TextReport {
    /** Flows that are told one by one where nothing else is asked for. */
    static final int FEW = 10;

    private static final byte[] HINT =
            "\none of them: --stream N    all of them: --view flows\n".getBytes(StandardCharsets.US_ASCII);

    private final TextChoices choices;
    private final OutputStream stream;
    private final ByteArrayOutputStream few = new ByteArrayOutputStream();
    private final Kept rows = new Kept();
    private final TextReporter flows;
    private final TextReporter table;
    private int told;
    private boolean many;
    /** Flows of the captures that have ended. */
    private long before;

    /** What is kept until it is known to be wanted. */
    private static final class Kept extends OutputStream {
        private OutputStream to = new ByteArrayOutputStream();

        @Override
        public void write(int octet) throws IOException {
            to.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int count) throws IOException {
            to.write(octets, offset, count);
        }

        void release(OutputStream stream) throws IOException {
            ((ByteArrayOutputStream) to).writeTo(stream);
            to = stream;
        }
    }

    /** @param stream best one that buffers */
    public FewOrMany(TextChoices choices, OutputStream stream) {
        this.choices = choices;
        this.stream = stream;
        flows = new TextReporter(choices.with(TextChoices.View.FLOWS), few);
        table = new TextReporter(choices.with(TextChoices.View.TABLE), rows);
    }

    private void becomeMany() throws IOException {
        many = true;
        rows.release(stream);
        few.reset();
    }

    @Override
    public boolean wantsEvents() {
        return !many;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) throws IOException {
        table.begin(file, notes);
        if (!many) {
            flows.begin(file, notes);
        }
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
        if (!many && choices.only().isAll() && before + flow.stream() >= FEW) {
            becomeMany(); // the eleventh is born: nothing of what the others do is needed
        }
        if (!many) {
            flows.segment(flow, side, segment, events);
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException {
        if (!many) {
            flows.icmp(flow, side, error, events);
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) throws IOException {
        if (!many) {
            flows.event(flow, event);
        }
    }

    @Override
    public void flow(Flow flow) throws IOException {
        boolean chosen = choices.streams().has(flow.stream()) && choices.only().has(flow);
        if (chosen && !many && ++told > FEW) {
            becomeMany();
        }
        if (!many) {
            flows.flow(flow);
        }
        table.flow(flow);
    }

    @Override
    public void end(Summary summary) throws IOException {
        before += summary.flows();
        table.end(summary);
        if (!many) {
            flows.end(summary);
        }
    }

    @Override
    public void total(@Nullable Function<String, String> expected) throws IOException {
        if (many) {
            table.total(expected);
            stream.write(HINT);
        } else {
            flows.total(expected);
            few.writeTo(stream);
        }
    }
}
