package tcpflowcheck.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tcpflowcheck.tcp.Rule;

/** A test that fires rules which scripts can't: they need octets, files or crowds that no script can write. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fires {
    Rule[] value();
}
