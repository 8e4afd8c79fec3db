package tcpflowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.golden.Run;

/** A load holds what it says, as the tool counts it: else what is measured on it is worth nothing. */
class LoadTest {
    @TempDir
    private Path folder;

    private String counts(String kind, int count, int atOnce) throws IOException {
        Path file = folder.resolve(kind + ".pcap");
        String told = Load.make(file, kind, count, atOnce);
        Run run = Run.of("-q", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return told + "\n" + run.out().replaceFirst("(?m)^  who .*\n( {13}.*\n)*+(?=  |$)|^  who .*\n", "");
    }

    @ParameterizedTest
    @CsvSource({"turns,2000", "turns,20", "turns6,100"})
    void mixed(String kind, int atOnce) throws IOException {
        assertThat(counts(kind, 5000, atOnce)).isEqualTo("""
                48988 frames, 5000 connections: 4726 three-way, 274 refused; 2088 four-segment, 2163 three-segment, 475 reset, 0 open; 42 with a retransmission
                1 capture, 48,988 packets, 5,000 flows
                  capture    whole, both directions
                  opened     4,726 three-way, 274 refused
                  closed     2,163 three-segment, 2,088 four-segment, 475 reset
                  reset      274 refused, 475 abort
                  in doubt   5,000 flows (marked ?), see --explain doubt
                  found      475 reset, 274 handshake-refused, 42 retransmission
                """);
    }

    @Test
    void closing() throws IOException {
        assertThat(counts("closing", 2000, 0)).isEqualTo("""
                21014 frames, 2000 connections: 2000 three-way, 0 refused; 1014 four-segment, 986 three-segment, 0 reset, 0 open; 0 with a retransmission
                1 capture, 21,014 packets, 2,000 flows
                  capture    whole, both directions
                  opened     2,000 three-way
                  closed     986 three-segment, 1,014 four-segment
                  in doubt   2,000 flows (marked ?), see --explain doubt
                """);
    }

    @Test
    void awkward() throws IOException {
        assertThat(counts("awkward", 2000, 0)).isEqualTo("""
                20000 frames, 2000 connections: 2000 three-way, 0 refused; 0 four-segment, 0 three-segment, 0 reset, 2000 open; 2000 with a retransmission
                1 capture, 20,000 packets, 2,000 flows
                  capture    whole, both directions
                  opened     2,000 three-way
                  closed     2,000 open
                  found      3,332 retransmission, 2,000 duplicate-ack, 2,000 segment-gap, 662 fast-retransmission,
                             6 out-of-order
                """);
    }

    @Test
    void elephants() throws IOException {
        assertThat(counts("elephants", 40_000, 10)).isEqualTo("""
                40136 frames, 12 segments lost and sent again
                1 capture, 40,136 packets, 10 flows
                  capture    whole, both directions
                  opened     10 three-way
                  closed     10 three-segment
                  in doubt   10 flows (marked ?), see --explain doubt
                  found      130 duplicate-ack, 12 fast-retransmission
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "short,2000,four-segment,20000,2000",
        "clients,2000,four-segment,20000,2000",
        "alive,2000,open,12000,2000",
        "bulk,3000,open,3006,1"
    })
    void inStep(String kind, int count, String close, int frames, int flows) throws IOException {
        assertThat(counts(kind, count, 0).replace(",", ""))
                .startsWith(frames + " frames")
                .contains("\n1 capture " + frames + " packets " + flows + " flow")
                .contains("\n  opened     " + flows + " three-way\n  closed     " + flows + " " + close + "\n");
    }

    @Test
    void halfOpen() throws IOException {
        assertThat(counts("half-open", 90, 0))
                .contains(
                        "\n1 capture, 90 packets, 90 flows\n  capture    whole, both directions\n  pending    cut off by the end: 90 opening\n");
    }

    @Test
    void theSameArgumentsMakeTheSameOctets() throws IOException {
        Path one = folder.resolve("one.pcap");
        Path two = folder.resolve("two.pcap");
        Load.make(one, "turns", 500, 50);
        Load.make(two, "turns", 500, 50);
        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    }
}
