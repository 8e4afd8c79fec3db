package tcpflowcheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two hosts on one machine: namespaces a (10.66.0.1, va) and b (10.66.0.2, vb, where the program watches). */
final class Network implements AutoCloseable {
    private static final String SERVER = """
            import socket, sys
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('', int(sys.argv[1])))
            s.listen()
            print('listening', flush=True)
            c, _ = s.accept()
            c.recv(100)
            c.sendall(b'x' * int(sys.argv[2]))
            c.close()
            """;
    private static final String CLIENT = """
            import socket, sys
            s = socket.socket()
            s.settimeout(float(sys.argv[3]))
            try:
                s.connect((sys.argv[1], int(sys.argv[2])))
                s.sendall(b'GET')
                while s.recv(65536):
                    pass
            except OSError as e:
                print(e)
            s.close()
            """;

    /** Accepts for ever; each connection is closed once its client has spoken. */
    private static final String ACCEPTING = """
            import socket, sys
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('', 80))
            s.listen(4096)
            print('listening', flush=True)
            while True:
                c, _ = s.accept()
                c.recv(100)
                c.sendall(b'answer')
                c.close()
            """;

    /** Opens connections at a rate; tells at the end how many. Source ports go round, so that none comes back soon. */
    private static final String OPENING = """
            import socket, sys, time
            seconds, rate, made, port = int(sys.argv[1]), int(sys.argv[2]), 0, 0
            begin = time.time()
            while time.time() < begin + seconds:
                ahead = made / rate - (time.time() - begin)
                if ahead > 0:
                    time.sleep(ahead)
                port = (port + 1) % 240000
                s = socket.socket()
                s.bind(('10.66.1.%d' % (1 + port // 60000), 4000 + port % 60000))
                s.connect(('10.66.0.2', 80))
                s.sendall(b'GET')
                while s.recv(100):
                    pass
                s.close()
                made += 1
            print(made)
            """;

    private final String id = Long.toString(ProcessHandle.current().pid(), 36);
    private final String a = "tfca" + id;
    private final String b = "tfcb" + id;
    private boolean listener;
    private Process server;

    Network() throws Exception {
        run("ip", "netns", "add", a);
        run("ip", "netns", "add", b);
        run("ip", "link", "add", "va", "netns", a, "type", "veth", "peer", "name", "vb", "netns", b);
        for (String each : List.of(a, b)) {
            run("ip", "netns", "exec", each, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
            run("ip", "-n", each, "link", "set", "lo", "up");
        }
        run("ip", "-n", a, "addr", "add", "10.66.0.1/24", "dev", "va");
        run("ip", "-n", b, "addr", "add", "10.66.0.2/24", "dev", "vb");
        run("ip", "-n", a, "link", "set", "va", "up");
        run("ip", "-n", b, "link", "set", "vb", "up");
    }

    static boolean canBeMade() {
        String probe = "tfcp" + ProcessHandle.current().pid();
        try {
            Process added = new ProcessBuilder("ip", "netns", "add", probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (added.waitFor() != 0) {
                return false;
            }
            new ProcessBuilder("ip", "netns", "del", probe).start().waitFor();
            return Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libpcap.so.0.8"))
                    || !new String(
                                    new ProcessBuilder("ldconfig", "-p")
                                            .start()
                                            .getInputStream()
                                            .readAllBytes(),
                                    StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.contains("libpcap.so"))
                            .toList()
                            .isEmpty();
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** Runs a command that must succeed; gives its output's lines. */
    List<String> run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return text.lines().toList();
    }

    /** The namespace of the server. */
    String server() {
        return b;
    }

    void listener(boolean listens) {
        listener = listens;
    }

    private Process python(String namespace, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "python3", "-c", program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The client in a gets so many octets of a server in b. */
    void download(int port, int octets) throws Exception {
        serve(a, "10.66.0.2", port, octets);
    }

    void downloadOverLoopback(int port, int octets) throws Exception {
        serve(b, "127.0.0.1", port, octets);
    }

    private void serve(String from, String address, int port, int octets) throws Exception {
        Process server = python(b, SERVER, Integer.toString(port), Integer.toString(octets));
        while (server.getInputStream().read() != '\n') {
            assertThat(server.isAlive()).isTrue();
        }
        python(from, CLIENT, address, Integer.toString(port), "10").waitFor();
        server.waitFor();
    }

    /** Connections of a with b, so many a second; the process tells at the end how many there were. */
    Process churn(int seconds, int rate) throws Exception {
        for (int i = 1; i <= 4; i++) {
            run("ip", "-n", a, "addr", "add", "10.66.1." + i + "/32", "dev", "va");
        }
        run("ip", "-n", b, "route", "add", "10.66.1.0/24", "dev", "vb");
        server = python(b, ACCEPTING);
        while (server.getInputStream().read() != '\n') {
            assertThat(server.isAlive()).isTrue();
        }
        return python(a, OPENING, Integer.toString(seconds), Integer.toString(rate));
    }

    Process tcpdump(Path errors, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", b, "tcpdump"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    void refused(int port) throws Exception {
        python(a, CLIENT, "10.66.0.2", Integer.toString(port), "5").waitFor();
    }

    /** To an address that nobody has, known to be at the link all the same. */
    void unanswered(int port) throws Exception {
        run("ip", "-n", a, "neigh", "add", "10.66.0.9", "lladdr", "02:00:00:00:00:09", "dev", "va");
        python(a, CLIENT, "10.66.0.9", Integer.toString(port), "0.3").waitFor();
    }

    /** What passed is in the capture's hands by now: its buffers are handed on every 50 ms. */
    void waitForSilence() throws InterruptedException {
        Thread.sleep(500);
    }

    void removeLink() throws Exception {
        run("ip", "-n", b, "link", "del", "vb");
    }

    Watch watch(String... options) throws Exception {
        Watch watch = watchAnyhow(options);
        watch.waitUntilItCaptures(this, namespace(options));
        return watch;
    }

    Watch watchWith(List<String> java, String... options) throws Exception {
        List<String> command = command(List.of(), options);
        command.addAll(command.indexOf("-cp"), java);
        Watch watch = new Watch(command);
        watch.waitUntilItCaptures(this, namespace(options));
        return watch;
    }

    Watch watchAnyhow(String... options) throws IOException {
        return new Watch(command(List.of(), options));
    }

    Watch watchWithoutCapabilities(String... options) throws IOException {
        return new Watch(command(
                List.of("setpriv", "--bounding-set=-net_raw,-net_admin", "--inh-caps=-net_raw,-net_admin"), options));
    }

    private List<String> command(List<String> before, String... options) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace(options)));
        command.addAll(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Duser.language=en", "-Dtcpflowcheck.listener=" + listener, "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), "tcpflowcheck.cli.Main"));
        command.addAll(List.of(options));
        return command;
    }

    /** Splits at blanks that are not between quotes. */
    String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("'([^']*)'|\\S+").matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group() : word.group(1));
        }
        return words.toArray(String[]::new);
    }

    private String namespace(String... options) {
        return Arrays.asList(options).contains("va") ? a : b;
    }

    /** Whether somebody holds a packet socket in the namespace. */
    boolean isCaptured(String namespace) throws Exception {
        return run("ip", "netns", "exec", namespace, "cat", "/proc/net/packet").size() > 1;
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.destroyForcibly();
        }
        for (String each : List.of(a, b)) {
            new ProcessBuilder("ip", "netns", "del", each).start().onExit().join();
        }
    }
}
