package tcpflowcheck.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Captures on an interface for the length of a test method, which gets the capture as a parameter of type {@link
 * LiveCapture}. On a class it is for each of its test methods. Needs libpcap, and root or CAP_NET_RAW.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CaptureExtension.class)
public @interface Capture {
    /** What a test comes to where nothing can be captured. */
    enum Unavailable {
        /** It fails: what was to be checked has not been. */
        FAIL,
        /** It is skipped, and says why. */
        SKIP
    }

    /** The interface: {@code lo}, {@code eth0}; {@code any} are all. */
    String value();

    /** Of Linux: the network namespace in which the interface is, by name or path; empty for the test's own. Needs root. */
    String namespace() default "";

    /** A pcap-filter expression, as tcpdump takes it: {@code tcp port 8080}; empty for all frames. */
    String filter() default "";

    /** Whether frames are captured that are neither from nor to this host. Needs CAP_NET_ADMIN, too. */
    boolean promiscuous() default false;

    /**
     * Milliseconds: a capture ends when nothing has passed for so long after {@link LiveCapture#stop}, or after ten times
     * that, so that it has what was still on its way.
     */
    int settleMillis() default 300;

    /**
     * A folder in which the capture is kept as {@code Class.method.pcap}, so that a failure can be looked at; empty for none.
     * One of the same name is replaced.
     */
    String keep() default "";

    /** What happens if libpcap is not installed, the interface is not there, or the permission is missing. */
    Unavailable unavailable() default Unavailable.FAIL;
}
