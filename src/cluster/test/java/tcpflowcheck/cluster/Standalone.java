package tcpflowcheck.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spark's own cluster manager: a master and workers as processes of this machine. */
final class Standalone implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final long PATIENCE_MILLIS = 120_000;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    Standalone(Path folder, int workers) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(folder.resolve("home/jars")); // an installed Spark would have its own there
        Files.writeString(folder.resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                appender.out.layout.type = PatternLayout
                """);
        start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0");
        master = await("master", MASTER).group(1);
        for (int i = 1; i <= workers; i++) {
            String work = folder.resolve("work" + i).toString();
            start(
                    "worker" + i,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--cores",
                    "1",
                    "--memory",
                    "900M",
                    "--work-dir",
                    work,
                    master);
            await("worker" + i, Pattern.compile("Successfully registered with master"));
        }
    }

    String master() {
        return master;
    }

    private void start(String name, String type, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
        command.addAll(Spark.opens());
        command.add("-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"));
        command.addAll(List.of("-cp", Spark.classpath(), type, "--webui-port", "0"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.redirectOutput(log(name).toFile()).start());
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private Matcher await(String name, Pattern said) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end) {
            Matcher found = said.matcher(Files.exists(log(name)) ? Files.readString(log(name)) : "");
            if (found.find()) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException(name + " did not start: " + Files.readString(log(name)));
    }

    /** Kills a worker, and the executor that it started, as a power cut would. */
    void kill(int worker) {
        Process process = processes.get(worker);
        List<ProcessHandle> executors = process.descendants().toList();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
