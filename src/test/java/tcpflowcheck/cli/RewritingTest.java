package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameFile;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.PcapngBlocks;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** {@code --annotate} and {@code --extract}. */
class RewritingTest {
    private static final String SAMPLE = "samples/loss.pcap";

    @TempDir
    Path folder;

    private record Read(long time, int linkType, List<String> comments, String octets) {}

    private static List<Read> read(Path file) throws Exception {
        List<Read> frames = new ArrayList<>();
        Frame frame = new Frame();
        try (FrameSource source = CaptureFile.open(file.toString(), InputStream.nullInputStream())) {
            while (source.next(frame)) {
                byte[] octets =
                        Arrays.copyOfRange(frame.buffer(), frame.offset(), frame.offset() + frame.capturedLength());
                frames.add(new Read(
                        frame.time(),
                        frame.linkType(),
                        frame.comments().stream().map(ForeignText::raw).toList(),
                        Arrays.toString(octets)));
            }
        }
        return frames;
    }

    private static List<Read> withoutComments(List<Read> frames) {
        return frames.stream()
                .map(each -> new Read(each.time, each.linkType, List.of(), each.octets))
                .toList();
    }

    private void onlyOutputs(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void eachFrameIsWrittenAgainWithWhatItMeant() throws Exception {
        Path out = folder.resolve("out.pcapng");
        Run run = Run.of("-q", "--annotate", out.toString(), SAMPLE);
        assertThat(run.err()).isEmpty();
        List<Read> frames = read(out);
        assertThat(withoutComments(frames)).isEqualTo(read(Path.of(SAMPLE)));
        assertThat(frames.get(0).comments)
                .containsExactly(
                        "stream 0: 10.9.0.1.40001 > 10.9.0.2.80; open  three-way in 20.9 ms (0.2 + 20.8)  mss 1460"
                                + " / 1460, using 1460; close  four-segment by server in 174.1 ms, half-closed 111.1 ms; open 1;"
                                + " client CLOSED > SYN-SENT");
        assertThat(frames.get(1).comments).containsExactly("stream 0: open 2, ack = x+1; server LISTEN > SYN-RECEIVED");
        assertThat(frames.get(4).comments).isEmpty();
        assertThat(frames.get(26).comments.get(0)).startsWith("stream 0: note fast-retransmission (server): ");
        onlyOutputs("out.pcapng");
    }

    @Test
    void standardInputIsKeptMeanwhile() throws Exception {
        Path out = folder.resolve("out.pcapng");
        byte[] sample = Files.readAllBytes(Path.of(SAMPLE));
        Run.with(Map.of(), false, sample, "-q", "--annotate", out.toString(), "-");
        Path fromFile = folder.resolve("file.pcapng");
        Run.of("-q", "--annotate", fromFile.toString(), SAMPLE);
        assertThat(read(out)).isEqualTo(read(fromFile));
        onlyOutputs("out.pcapng", "file.pcapng");
    }

    @Test
    void commentsThatWereThereStayAndThoseOfTheFirstRunAreNotTakenForOurs() throws Exception {
        Path once = folder.resolve("1.pcapng");
        Path twice = folder.resolve("2.pcapng");
        Run.of("-q", "--annotate", once.toString(), SAMPLE);
        Run.of("-q", "--annotate", twice.toString(), once.toString());
        List<Read> frames = read(twice);
        assertThat(frames.get(1).comments)
                .containsExactly(
                        "stream 0: open 2, ack = x+1; server LISTEN > SYN-RECEIVED",
                        "stream 0: open 2, ack = x+1; server LISTEN > SYN-RECEIVED");
    }

    /** Whatever the byte order was: names and keys come before the frames, as pcapng's other readers want them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesAndDecryptionSecretsStay(boolean bigEndian) throws Exception {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] name = {10, 0, 0, 1, 'a', '.', 'b', 0};
        byte[] keys = "CLIENT_RANDOM 00 11".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer names = ByteBuffer.allocate(16).order(order);
        names.putShort((short) 1).putShort((short) 8).put(name).putInt(0);
        ByteBuffer secrets = ByteBuffer.allocate(28).order(order);
        secrets.putInt(0x544c534b).putInt(keys.length).put(keys);
        byte[] capture = new PcapngBlocks(order)
                .section()
                .interfaceDescription(1, 0)
                .enhancedPacket(0, 1, 60, new byte[60])
                .block(4, names.array())
                .block(10, secrets.array())
                .octets();
        Path in = Files.write(folder.resolve("in.pcapng"), capture);
        Path out = folder.resolve("out.pcapng");
        assertThat(Run.of("-q", "--annotate", out.toString(), in.toString()).err())
                .isEmpty();
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> types = new ArrayList<>();
        while (written.hasRemaining()) {
            int type = written.getInt();
            byte[] body = new byte[written.getInt() - 12];
            written.get(body).getInt();
            types.add(type);
            if (type == 4) {
                assertThat(body).isEqualTo(new byte[] {1, 0, 8, 0, 10, 0, 0, 1, 'a', '.', 'b', 0, 0, 0, 0, 0});
            } else if (type == 10) {
                assertThat(Arrays.copyOfRange(body, 0, 8)).containsExactly('K', 'S', 'L', 'T', 19, 0, 0, 0);
                assertThat(Arrays.copyOfRange(body, 8, 27)).isEqualTo(keys);
            }
        }
        assertThat(types).containsExactly(0x0a0d0d0a, 4, 10, 1, 6);
    }

    @Test
    void onlyWhatWasReadIsWritten() throws Exception {
        Path out = folder.resolve("out.pcapng");
        Run.of("-q", "-c", "10", "--annotate", out.toString(), SAMPLE);
        assertThat(read(out)).hasSize(10);
        byte[] sample = Files.readAllBytes(Path.of(SAMPLE));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(sample, sample.length - 1));
        Run run = Run.of("-q", "--annotate", out.toString(), cut.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(read(out)).hasSize(88);
    }

    /** Three flows whose frames alternate; the second has a segment in two fragments. */
    private Path threeFlows() throws IOException {
        Path file = folder.resolve("in.pcap");
        try (FrameFile frames = FrameFile.pcap(Files.newOutputStream(file), 1)) {
            for (int i = 0; i < 4; i++) {
                for (int port = 1; port <= 3; port++) {
                    SegmentBuilder segment = new SegmentBuilder()
                            .ports(port, 80)
                            .seq(1 + 100 * i)
                            .flags(".")
                            .payload(100)
                            .id(i);
                    if (port == 2 && i == 2) {
                        frames.add(segment.copy().fragment(0, true).frame(1, 0));
                        frames.add(segment.copy().fragment(120, false).frame(1, 0));
                    } else {
                        frames.add(segment.frame(1, 0));
                    }
                }
            }
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.pcap", "out.pcapng"})
    void theFramesOfAStreamAndTheirFragmentsAreExtracted(String name) throws Exception {
        Path in = threeFlows();
        Path out = folder.resolve(name);
        Run run = Run.of("-q", "--extract", "1", out.toString(), in.toString());
        assertThat(run.err()).isEmpty();
        List<Read> all = read(in);
        assertThat(read(out)).containsExactly(all.get(1), all.get(4), all.get(7), all.get(8), all.get(11));
        Run.of("-q", "--extract", "0,2", out.toString(), in.toString());
        assertThat(read(out)).hasSize(8);
        assertThat(Run.of("-q", out.toString()).out()).contains("8 packets, 2 flows");
    }

    /** What is chosen is known when a flow has ended; its frames are written all the same. */
    @Test
    void theFramesOfTheChosenFlowsAreExtracted() throws Exception {
        Path in = threeFlows();
        Path out = folder.resolve("out.pcap");
        Run run = Run.of("-q", "--only", "stream=1", "--extract", "all", out.toString(), in.toString());
        assertThat(run.err()).isEmpty();
        byte[] chosen = Files.readAllBytes(out);
        Run.of("-q", "--extract", "1", out.toString(), in.toString());
        assertThat(Files.readAllBytes(out)).isEqualTo(chosen);
        Run.of("-q", "--only", "stream<2", "--extract", "1,2", out.toString(), in.toString());
        assertThat(Files.readAllBytes(out)).isEqualTo(chosen);
        Run.of("-q", "--extract", "all", out.toString(), in.toString());
        assertThat(read(out)).hasSize(13);
        Run none = Run.of("-q", "--only", "stream=9", "--extract", "all", out.toString(), in.toString());
        assertThat(none.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(none.err()).endsWith("out.pcap: not written: there is no such stream\n");
    }

    @Test
    void onlyChosenFlowsAreAnnotated() throws Exception {
        Path in = threeFlows();
        Path out = folder.resolve("out.pcapng");
        Run.of("-q", "--only", "stream=1", "--annotate", out.toString(), in.toString());
        String written = Files.readString(out, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(written).contains("stream 1: ").doesNotContain("stream 0: ").doesNotContain("stream 2: ");
    }

    @Test
    void aStreamThatIsNotThereIsSaidAndNothingWritten() throws Exception {
        Path out = folder.resolve("out.pcap");
        Run run = Run.of("-q", "--extract", "9", out.toString(), SAMPLE);
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).isEqualTo("tcpflow-check: " + out + ": not written: there is no stream 9\n");
        assertThat(run.out()).contains("89 packets");
        onlyOutputs();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--annotate X X",
                "--extract 0 X X",
                "--junit X X",
                "--annotate X ./X",
                "--extract 0 Y --annotate Y X"
            })
    void noOutputOverwritesWhatIsRead(String words) throws Exception {
        byte[] sample = Files.readAllBytes(Path.of(SAMPLE));
        Path in = Files.write(folder.resolve("in.pcap"), sample);
        String[] args = words.replace("./X", folder + "/./in.pcap")
                .replace("X", in.toString())
                .replace("Y", folder + "/y.pcapng")
                .split(" ");
        Run run = Run.of(args);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(Files.readAllBytes(in)).isEqualTo(sample);
        onlyOutputs("in.pcap");
    }

    @Test
    void aLinkToWhatIsReadIsNotOverwrittenEither() throws Exception {
        Path in = Files.write(folder.resolve("in.pcap"), Files.readAllBytes(Path.of(SAMPLE)));
        Path link = Files.createLink(folder.resolve("link.pcap"), in);
        assertThat(Run.of("--annotate", link.toString(), in.toString()).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void severalCapturesAreForMerge() {
        Run run = Run.of("--annotate", folder + "/out.pcapng", SAMPLE, "samples/abort.pcap");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("tcpflow-check: --annotate and --extract are for one capture: name one, or --merge them\n");
        Path out = folder.resolve("out.pcapng");
        assertThat(Run.of("-q", "--merge", "--annotate", out.toString(), SAMPLE, "samples/abort.pcap")
                        .err())
                .isEmpty();
        assertThat(out).exists();
    }

    @Test
    void anOutputThatCanNotBeWrittenIsSaidAtOnce() {
        Run run = Run.of("-q", "--annotate", folder + "/nowhere/out.pcapng", SAMPLE);
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).startsWith("tcpflow-check: " + folder + "/nowhere/out.pcapng: can't be written: ");
        assertThat(run.out()).isEmpty();
    }
}
