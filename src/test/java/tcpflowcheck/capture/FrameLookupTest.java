package tcpflowcheck.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that were read are found again, whichever and whenever, as long as they are there. */
class FrameLookupTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final int FRAMES = 3000;

    @TempDir
    Path folder;

    private final Frame frame = new Frame();
    private final Frame again = new Frame();

    static List<CaptureWriter> variants() {
        return CaptureWriter.variants();
    }

    private static List<CapturedPacket> packets(Random random) {
        List<CapturedPacket> packets = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            byte[] octets = new byte[i % 1000 == 999 ? 40_000 : random.nextInt(1500)];
            random.nextBytes(octets);
            packets.add(new CapturedPacket(START + i * 1_000_000L, LinkType.EN10MB.number(), octets));
        }
        return packets;
    }

    private FrameSource open(byte[] capture) throws Exception {
        Path file = Files.write(folder.resolve("x.pcap"), capture);
        return CaptureFile.open(file.toString(), InputStream.nullInputStream());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whileTheFileIsReadAndAfterwards(CaptureWriter writer) throws Exception {
        Random random = new Random(1);
        List<CapturedPacket> packets = packets(random);
        try (FrameSource source = open(writer.write(packets))) {
            FrameLookup lookup = requireNonNull(source.lookup());
            while (source.next(frame)) {
                if (frame.number() % 10 == 0) {
                    isFound(lookup, packets, 1 + random.nextInt((int) frame.number()));
                }
            }
            assertThat(frame.number()).isEqualTo(FRAMES);
            for (int number = 1; number <= FRAMES; number++) {
                isFound(lookup, packets, number);
            }
        }
    }

    private void isFound(FrameLookup lookup, List<CapturedPacket> packets, int number) {
        assertThat(lookup.has(number)).isTrue();
        assertThat(lookup.find(number, again)).isTrue();
        assertThat(again.number()).isEqualTo(number);
        CapturedPacket packet = packets.get(number - 1);
        CapturedPacket found = CapturedPacket.of(again);
        assertThat(found.octets()).isEqualTo(packet.octets());
        assertThat(found.time()).isEqualTo(packet.time());
        assertThat(found.linkType()).isEqualTo(packet.linkType());
    }

    @Test
    void notWhatIsReadByAnInterfaceThatWasDescribedLater() throws Exception {
        List<CapturedPacket> packets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            LinkType link = i < 60 ? LinkType.EN10MB : LinkType.RAW;
            packets.add(new CapturedPacket(START + i, link.number(), new byte[40 + i]));
        }
        try (FrameSource source = open(new PcapngWriter().write(packets))) {
            FrameLookup lookup = requireNonNull(source.lookup());
            while (source.next(frame)) {
                assertThat(lookup.has(frame.number())).isEqualTo(frame.number() <= 60);
            }
            isFound(lookup, packets, 60);
            isFound(lookup, packets, 1);
        }
    }

    @Test
    void notWhatIsNotThereAnyMore() throws Exception {
        List<CapturedPacket> packets = packets(new Random(2));
        try (FrameSource source = open(new PcapWriter().write(packets))) {
            FrameLookup lookup = requireNonNull(source.lookup());
            while (source.next(frame)) {
                assertThat(lookup.has(frame.number())).isTrue();
            }
            try (FileChannel file = FileChannel.open(folder.resolve("x.pcap"), StandardOpenOption.WRITE)) {
                file.truncate(1_000_000);
            }
            assertThat(lookup.find(FRAMES, again)).isFalse();
            isFound(lookup, packets, 1);
            assertThat(lookup.find(FRAMES - 1, again)).isFalse();
        }
    }

    @Test
    void notWhatComesThroughAPipe() throws Exception {
        byte[] capture =
                new PcapWriter(ByteOrder.BIG_ENDIAN, PcapReader.MAGIC_NANOSECONDS, 2, 4).write(packets(new Random(3)));
        try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(capture))) {
            assertThat(source.lookup()).isNull();
        }
    }

    @Test
    void theIndexStaysSmall() {
        FrameIndex index = new FrameIndex();
        int length = 100;
        long frames = 40_000_000;
        for (long number = 1; number <= frames; number++) {
            index.add(number, 24 + (number - 1) * length);
        }
        Random random = new Random(4);
        for (int i = 0; i < 1000; i++) {
            long number = 1 + (long) (random.nextDouble() * frames);
            long before = index.before(number);
            assertThat(before).isBetween(number - 256, number - 1);
            assertThat(index.octet(number)).isEqualTo(24 + before * length);
        }
    }
}
