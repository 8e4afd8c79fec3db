package tcpflowcheck.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a network of their own, of two namespaces, for each. */
abstract class OnNetwork {
    Network network;

    @TempDir
    Path folder;

    @BeforeEach
    void needsRoot() throws Exception {
        assumeTrue(Network.canBeMade(), "SKIPPED, NOTHING WAS TESTED: needs root, iproute2 and libpcap0.8");
        network = new Network();
    }

    @AfterEach
    void clear() throws Exception {
        if (network != null) {
            network.close();
        }
    }
}
