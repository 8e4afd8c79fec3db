package tcpflowcheck.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

class FileNameTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.pcap",
                "\u4e2d\u6587 \ud83d\ude80.pcap",
                "a\udcff b%20?#.pcap",
                "\udc80\udcc3",
                "\ufffd",
                "\udced\udca0\udc80" // a surrogate in UTF-8, which is none
            })
    void isTheSameFromTextToOctetsAndBack(String name) {
        assertThat(FileName.decode(FileName.octets(name))).isEqualTo(name);
        assertThat(FileName.of(FileName.path(name).getFileName())).isEqualTo(name);
        assertThat(FileName.of(FileName.path("/x/" + name))).isEqualTo("/x/" + name);
        assertThat(FileName.of(FileName.path("/x/" + name + "/y"))).isEqualTo("/x/" + name + "/y");
    }

    @Test
    void ofOctetsThatAreCutOffOrTooLong() {
        assertThat(FileName.decode(new byte[] {(byte) 0xe4, (byte) 0xb8})).isEqualTo("\udce4\udcb8");
        assertThat(FileName.decode(new byte[] {(byte) 0xc0, (byte) 0xaf})).isEqualTo("\udcc0\udcaf");
    }

    @Test
    void ofArgumentsIsReadFromTheProcessWhereJavaReplacedIt() {
        byte[] line = "java\0-q\0a\u00ff.pcap\0\0b\0".getBytes(ISO_8859_1);
        String[] given = {"-q", "a\ufffd.pcap", "", "b"};
        assertThat(FileName.last(line, given)).containsExactly("-q", "a\udcff.pcap", "", "b");
        String[] others = {"-v", "a\ufffd.pcap", "", "b"};
        assertThat(FileName.last(line, others)).isSameAs(others);
        String[] more = {"x", "java", "-q", "a\ufffd.pcap", "", "b"};
        assertThat(FileName.last(line, more)).isSameAs(more);
    }

    @Test
    void twoFilesThatDifferInAnOctetAreRead() throws Exception {
        Files.copy(Path.of("samples/abort.pcap"), FileName.path(folder + "/x\udcfe.pcap"));
        Files.copy(Path.of("samples/refused.pcap"), FileName.path(folder + "/x\udcff.pcap"));
        Path sarif = FileName.path(folder + "/\udcff.sarif");
        Run run = Run.of("-q", "-r", "--sarif", FileName.of(sarif), folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(folder + "/x\\xfe.pcap", folder + "/x\\xff.pcap", "1 three-way, 1 refused");
        assertThat(Files.readString(sarif, StandardCharsets.UTF_8)).contains("x%FE.pcap", "x%FF.pcap");
        Run missing = Run.of("-q", folder + "/y\udcff.pcap");
        assertThat(missing.err()).isEqualTo("tcpflow-check: " + folder + "/y\\xff.pcap: no such file\n");
    }
}
