package tcpflowcheck.report;

import java.io.IOException;

/** A report on a terminal that is written anew now and then, in the same place, while a capture goes on. */
public interface Renewing {
    /** Writes it as it is now. */
    void renew() throws IOException;
}
