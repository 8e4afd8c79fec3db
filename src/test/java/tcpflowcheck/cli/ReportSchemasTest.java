package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;
import tcpflowcheck.capture.PcapngBlocks;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** The reports for CI against the schemas that others publish of them, with a capture and names that mean harm. */
class ReportSchemasTest {
    private static final String HOSTILE =
            "a]]>\u001b[31m\u009b2J\u202e\u2066<b onload='x'>&amp;\"'</script>\t\u0000\u0007{{x}}${y}\ud800\ufffe";

    @TempDir
    Path folder;

    private Path capture;
    private Path junit;
    private Path sarif;

    @BeforeEach
    void captures() throws IOException {
        capture = folder.resolve(HOSTILE.replaceAll("[/\u0000\ud800]", "") + ".pcapng");
        junit = folder.resolve("junit.xml");
        sarif = folder.resolve("out.sarif");
        PcapngBlocks blocks = new PcapngBlocks(ByteOrder.LITTLE_ENDIAN);
        byte[] hostile = HOSTILE.getBytes(StandardCharsets.UTF_8);
        byte[] invalid = {
            'x', (byte) 0xff, (byte) 0xc0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 0x1b, '[', 'm'
        };
        blocks.section(blocks.option(1, hostile));
        blocks.interfaceDescription(1, 0, blocks.option(2, hostile));
        SegmentBuilder syn = new SegmentBuilder().flags("S").ports(1, 2);
        byte[] first = syn.build();
        byte[] second = syn.copy()
                .reverse()
                .flags("RA")
                .payload(new String(hostile, StandardCharsets.ISO_8859_1).replaceAll("[^\\x00-\\x7f]", "?"))
                .build();
        blocks.enhancedPacket(0, 1, first.length, first, blocks.option(1, hostile));
        blocks.enhancedPacket(0, 2, second.length, second, blocks.option(1, invalid));
        Files.write(capture, blocks.octets());
    }

    private void reports(String... captures) throws IOException {
        Path expect = Files.writeString(
                folder.resolve("x.expect.yaml"),
                "stream 0: {midstream: true, comments: []}\nevery flow: {roles: syn}\n");
        String[] args = new String[captures.length + 7];
        String[] options = {
            "-q", "--expect", expect.toString(), "--junit", junit.toString(), "--sarif", sarif.toString()
        };
        System.arraycopy(options, 0, args, 0, options.length);
        System.arraycopy(captures, 0, args, options.length, captures.length);
        Run run = Run.of(args);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        isHarmless(run.err() + run.out());
    }

    /** Line breaks apart it has neither controls nor what turns the direction of text, nor what XML forbids. */
    private static void isHarmless(String text) {
        assertThat(text.codePoints()
                        .filter(point -> point != '\n')
                        .filter(point -> switch (Character.getType(point)) {
                            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
                            default -> false;
                        })
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @Test
    void junitXmlIsValid() throws IOException, SAXException {
        reports(capture.toString(), "samples/loss.pcap", "samples/abort.pcap");
        Validator validator = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ReportSchemasTest.class.getResource("/schemas/junit.xsd"))
                .newValidator();
        validator.validate(new StreamSource(junit.toFile()));
        assertThat(Files.readString(junit)).contains("tests=\"3\" failures=\"");
        isHarmless(Files.readString(junit));
    }

    @Test
    void sarifIsValid() throws IOException {
        reports(capture.toString(), "samples/loss.pcap", "samples/abort.pcap");
        Schema schema;
        try (InputStream text = ReportSchemasTest.class.getResourceAsStream("/schemas/sarif-2.1.0-rtm.5.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
        String written = Files.readString(sarif);
        assertThat(schema.validate(written, InputFormat.JSON)).isEmpty();
        assertThat(written).contains("\"results\"");
        isHarmless(written);
        assertThat(schema.validate(written.replace("\"results\"", "\"result\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void noReportShowsRawWhatTheCaptureSays() throws IOException {
        for (String[] options : new String[][] {{"-v"}, {"--json"}, {"--view", "events"}, {"--view", "segments"}}) {
            String[] args = java.util.Arrays.copyOf(options, options.length + 1);
            args[options.length] = capture.toString();
            Run run = Run.of(args);
            assertThat(run.exitCode()).isZero();
            isHarmless(run.out());
        }
    }
}
