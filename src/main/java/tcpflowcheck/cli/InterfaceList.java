package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.Libpcap;

/** Answers {@code -D}. */
final class InterfaceList {
    private InterfaceList() {}

    static int print(Surroundings surroundings, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (Libpcap.Interface each : Libpcap.interfaces()) {
                text.append(each.name()).append(each.up() ? "" : " (down)");
                if (!each.addresses().isEmpty()) {
                    text.append("  ").append(String.join(", ", each.addresses()));
                }
                if (each.description() != null) {
                    text.append("  ").append(each.description());
                }
                text.append('\n');
            }
        } catch (CaptureException none) {
            surroundings.say(none.getMessage());
            return ExitCode.INPUT_OUTPUT;
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        return ExitCode.OK;
    }
}
