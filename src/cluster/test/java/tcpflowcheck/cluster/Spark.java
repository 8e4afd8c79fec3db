package tcpflowcheck.cluster;

import java.lang.management.ManagementFactory;
import java.util.List;

/** How this test's Java was started, for processes beside it. */
final class Spark {
    private Spark() {}

    /** Java's packages that are opened here, too. */
    static List<String> opens() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("--add-opens"))
                .toList();
    }

    static String classpath() {
        return System.getProperty("java.class.path");
    }

    /** On this machine alone, with so many tasks at once. */
    static void local(String master) {
        System.setProperty("spark.master", master);
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    }
}
