package tcpflowcheck.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.Libpcap;
import tcpflowcheck.capture.LibpcapSource;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.capture.NetworkNamespace;

/** What {@link Capture} asks of JUnit: the capture begins just before the test method and ends just after it. */
public final class CaptureExtension
        implements BeforeTestExecutionCallback, AfterTestExecutionCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(CaptureExtension.class);
    private static final String RUNNING = "running";
    private static final int SNAP_LENGTH = 262_144;

    @Override
    public void beforeTestExecution(ExtensionContext context) throws IOException {
        Capture wanted = wanted(context);
        try {
            LiveSource source = open(wanted);
            try {
                boolean kept = !wanted.keep().isEmpty();
                Path file = kept ? kept(wanted, context) : Files.createTempFile("capture", ".pcap");
                LiveCapture capture = new LiveCapture(source, file, kept, wanted.settleMillis() * 1_000_000L);
                context.getStore(OURS).put(RUNNING, capture);
            } catch (IOException unwritten) {
                source.close();
                throw unwritten;
            }
        } catch (CaptureException unopened) {
            if (wanted.unavailable() == Capture.Unavailable.SKIP) {
                Assumptions.abort("SKIPPED, NOTHING WAS TESTED: " + unopened.getMessage());
            }
            throw new UnreadableCaptureException(unopened);
        }
    }

    /** Of the method, else of its class, else of the class around that. */
    private static Capture wanted(ExtensionContext context) {
        Optional<Capture> wanted = AnnotationSupport.findAnnotation(context.getElement(), Capture.class);
        Class<?> type = context.getRequiredTestClass();
        while (wanted.isEmpty() && type != null) {
            wanted = AnnotationSupport.findAnnotation(type, Capture.class);
            type = type.getEnclosingClass();
        }
        return wanted.orElseThrow(() -> new IllegalStateException("CaptureExtension without @Capture"));
    }

    private static LiveSource open(Capture wanted) throws CaptureException {
        String filter = wanted.filter().isEmpty() ? null : wanted.filter();
        Libpcap.Settings settings = new Libpcap.Settings(SNAP_LENGTH, 0, wanted.promiscuous(), filter);
        return wanted.namespace().isEmpty()
                ? LibpcapSource.live(wanted.value(), settings)
                : NetworkNamespace.live(wanted.namespace(), wanted.value(), settings);
    }

    /** Tests of one method that are run several times, with parameters, are told apart by their place in the run. */
    private static Path kept(Capture wanted, ExtensionContext context) throws IOException {
        String id = context.getUniqueId();
        int invocation = id.lastIndexOf("invocation:#");
        String number = invocation < 0 ? "" : "-" + id.substring(invocation).replaceAll("\\D", "");
        String name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName() + number + ".pcap";
        return Files.createDirectories(Path.of(wanted.keep())).resolve(name);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        LiveCapture running = context.getStore(OURS).remove(RUNNING, LiveCapture.class);
        if (running != null) {
            running.clear();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveCapture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LiveCapture running = context.getStore(OURS).get(RUNNING, LiveCapture.class);
        if (running == null) {
            throw new ParameterResolutionException(
                    "a LiveCapture is there for the test method alone, not for what goes before it or after it");
        }
        return running;
    }
}
