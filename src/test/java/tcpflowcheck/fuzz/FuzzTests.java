package tcpflowcheck.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.check.ExpectationException;
import tcpflowcheck.check.ExpectationFile;

/**
 * Coverage-guided fuzzing with Jazzer: {@code mvn -Pfuzz -Dfuzz=capture test} looks for new inputs for a method; an ordinary
 * run replays those that were found, {@code src/test/resources/tcpflowcheck/fuzz/FuzzTestsInputs}.
 */
class FuzzTests {
    /** To begin with: no fuzzer guesses the magic numbers, lengths and checksums of a whole capture. */
    static Stream<Arguments> captures() {
        Random random = new Random(1);
        return IntStream.range(0, 60).mapToObj(i -> Arguments.of((Object) Conversations.capture(random::nextInt, 8)));
    }

    @MethodSource("captures")
    @FuzzTest(maxDuration = "10m")
    void capture(byte[] octets) {
        Road.of(octets, 0, octets.length);
    }

    /** Frames of any link type, cut and not: the input is mostly headers. */
    @FuzzTest(maxDuration = "10m")
    void frames(FuzzedDataProvider data) {
        ByteArrayOutputStream capture = new ByteArrayOutputStream();
        capture.writeBytes(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(data.pickValue(new int[] {
                    0, 1, 9, 12, 50, 51, 101, 104, 105, 108, 113, 119, 127, 163, 166, 192, 219, 228, 229, 239, 242, 258,
                    276
                }))
                .array());
        for (int i = 0; i < 40 && data.remainingBytes() > 0; i++) {
            byte[] frame = data.consumeBytes(data.consumeInt(0, 200));
            int wire = frame.length + (data.consumeBoolean() ? data.consumeInt(0, 2000) : 0);
            capture.writeBytes(ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(i)
                    .putInt(0)
                    .putInt(frame.length)
                    .putInt(wire)
                    .array());
            capture.writeBytes(frame);
        }
        Road.of(capture.toByteArray(), 0, capture.size());
    }

    @FuzzTest(maxDuration = "10m")
    void conversation(FuzzedDataProvider data) {
        byte[] capture = Conversations.capture(most -> data.consumeInt(0, most - 1), 60);
        Road.of(capture, 0, capture.length);
    }

    @FuzzTest(maxDuration = "10m")
    void packed(FuzzedDataProvider data) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        if (data.consumeBoolean()) {
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(data.consumeRemainingAsBytes());
            }
        } else {
            packed.writeBytes(data.pickValue(new byte[][] {
                {0x1f, (byte) 0x8b, 8},
                {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
                {4, 0x22, 0x4d, 0x18},
                {(byte) 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0},
                {0x42, 0x5a, 0x68, 0x39}
            }));
            packed.writeBytes(data.consumeRemainingAsBytes());
        }
        Road.of(packed.toByteArray(), 0, packed.size());
    }

    @FuzzTest(maxDuration = "10m")
    void expectation(FuzzedDataProvider data) throws IOException {
        Map<String, Object> schema = ExpectationFile.schema();
        try {
            ExpectationFile.parse("x.expect.yaml", data.consumeRemainingAsString(), schema);
        } catch (ExpectationException wrong) {
            Printable.check(wrong.getMessage());
        }
    }
}
