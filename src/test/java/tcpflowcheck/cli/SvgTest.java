package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tcpflowcheck.golden.Run;

/** {@code --svg}: well-formed, self-contained, and the same ladder as in text. */
class SvgTest {
    @TempDir
    Path folder;

    private Document svg(String... options) throws Exception {
        Path file = folder.resolve("x.svg");
        List<String> args = new ArrayList<>(List.of("-q", "--svg", file.toString()));
        args.addAll(List.of(options));
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(file.toFile());
    }

    private static List<String> texts(Document svg, String name) {
        NodeList all = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void whatIsDrawnIsWhatTheTextSays() throws Exception {
        Document svg = svg("samples/three-segment-close.pcap");
        assertThat(texts(svg, "text"))
                .containsSubsequence("client", "10.9.0.1.40001", "server", "10.9.0.2.80", "CLOSED", "LISTEN")
                .containsSubsequence("SYN seq=0 (x) mss=1460", "SYN-SENT", "SYN,ACK seq=0 (y) ack=1 (x+1) mss=1460")
                .containsSubsequence("FIN,ACK seq=70 (u) ack=97 (w)", "FIN-WAIT-1", "TIME-WAIT")
                .contains("CLOSED?", "2 segments of data and 2 ACKs, 69 B out, 96 B in");
        assertThat(texts(svg, "title"))
                .contains("TCP connection 10.9.0.1.40001 > 10.9.0.2.80")
                .anyMatch(
                        title -> title.matches("frame 8, 312\\.0 ms: FIN,ACK seq=70 \\(u\\) ack=97 \\(w\\) win \\d+"));
    }

    /** Nothing in it asks for anything elsewhere, and nothing in it runs. */
    @Test
    void allSamplesAreWellFormedAndSelfContained() throws Exception {
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap")) {
            for (Path sample : samples) {
                Document svg = svg("--stream", "0", sample.toString());
                NodeList all = svg.getElementsByTagName("*");
                for (int i = 0; i < all.getLength(); i++) {
                    Element element = (Element) all.item(i);
                    assertThat(element.getTagName()).isIn("svg", "title", "style", "g", "line", "path", "text");
                    assertThat(element.hasAttribute("href")).isFalse();
                }
                assertThat(texts(svg, "style").get(0)).doesNotContain("url(").doesNotContain("@import");
            }
        }
    }

    /** As a quiz it says nothing that is to be learnt but upside down. */
    @Test
    void theAnswersOfAQuizStandUpsideDown() throws Exception {
        Document svg = svg("--quiz", "samples/abort.pcap");
        List<String> asked = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        NodeList all = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", "text");
        for (int i = 0; i < all.getLength(); i++) {
            Element group = (Element) all.item(i).getParentNode();
            boolean answer = group.getAttribute("class").equals("answers");
            assertThat(group.getAttribute("transform").startsWith("rotate(180 "))
                    .isEqualTo(answer);
            (answer ? answers : asked).add(all.item(i).getTextContent());
        }
        assertThat(asked).contains("open [1]", "close [2]", "[3]", "SYN seq=0 (x) mss=1460", "[11]");
        assertThat(String.join(" ", asked)).doesNotContain("SYN-", "CLOSED", "ESTABLISHED", "three-way", "abort");
        assertThat(String.join(" ", answers))
                .startsWith("[1] three-way   [2] reset by client: abort   [3] CLOSED   [4] LISTEN   [5] SYN-SENT")
                .contains("reset: abort by client in ESTABLISHED");
        assertThat(texts(svg, "title")).noneMatch(title -> title.contains("abort"));
    }

    @Test
    void aHeaderIsDrawnWithItsFrame() throws Exception {
        Path file = folder.resolve("x.svg");
        Run run = Run.of("--frame", "2", "--svg", file.toString(), "samples/half-close.pcap");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("frame 2 of stream 0, the server sends\n");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document svg = factory.newDocumentBuilder().parse(file.toFile());
        assertThat(texts(svg, "title")).containsExactly("Frame 2, TCP connection 10.9.0.1.40001 > 10.9.0.2.80");
        assertThat(texts(svg, "text"))
                .containsSubsequence("0", "31", "Source Port 80 (server)", "Sequence Number 4130210896 (relative 0, y)")
                .containsSubsequence("A", "C", "K", "p", "s", "h", "S", "Y", "N", "Window 65160")
                .containsSubsequence("kind 2 MSS", "length 4", "Maximum Segment Size 1460", "0 octets of data");
        NodeList groups = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", "g");
        int stand = 0;
        for (int i = 0; i < groups.getLength(); i++) {
            stand += ((Element) groups.item(i)).getAttribute("class").equals("stands") ? 1 : 0;
        }
        assertThat(stand).isEqualTo(2);
        Files.delete(file);
        assertThat(Run.of("--frame", "99", "--svg", file.toString(), "samples/half-close.pcap")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(file).doesNotExist();
    }

    @Test
    void oneFlowCanBeDrawn() throws Exception {
        Path file = folder.resolve("x.svg");
        Run none = Run.of("-q", "--svg", file.toString(), "--stream", "7", "samples/abort.pcap");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err())
                .contains("x.svg: not written: there is no such flow, one can be drawn: --stream N names it\n");
        String[] several = {"-q", "--merge", "--svg", file.toString(), "samples/abort.pcap", "samples/loss.pcap"};
        Run two = Run.of(several);
        assertThat(two.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(two.err()).contains("not written: there are 2 flows, one can be drawn");
        assertThat(two.out()).contains("1 capture, 97 packets");
        assertThat(file).doesNotExist();
        svg("--merge", "--only", "reset", "samples/abort.pcap", "samples/loss.pcap");
    }
}
