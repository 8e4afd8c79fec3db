package tcpflowcheck.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameFile;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.TemporaryFile;
import tcpflowcheck.report.PacketComments;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.StreamFrames;
import tcpflowcheck.report.choice.FlowChoice;

/**
 * Writes frames of the capture again: all with what was found out about them, or those of some streams. What there is to
 * say of a frame is known only at the end, so the capture is read a second time; one that can't be, such as a pipe, is
 * kept in a file meanwhile.
 */
final class Rewriting implements AutoCloseable {
    private static final String PCAPNG = ".pcapng";

    private final OutputOptions options;
    private final PacketComments comments;
    private final StreamFrames extracted;
    private Path kept;
    private FrameFile keeping;

    /** @param only of which flows */
    Rewriting(OutputOptions options, FlowChoice only) {
        this.options = options;
        comments = options.annotate() == null
                ? null
                : new PacketComments(only, beside(options.annotate()).getParent());
        extracted = options.extract() == null ? null : new StreamFrames(options.extractedStreams(), only);
    }

    boolean isAsked() {
        return comments != null || extracted != null;
    }

    List<Reporter> reporters() {
        List<Reporter> reporters = new ArrayList<>();
        if (comments != null) {
            reporters.add(comments);
        }
        if (extracted != null) {
            reporters.add(extracted);
        }
        return reporters;
    }

    /** The capture is about to be read; from now on {@link #keep} is told its frames. */
    void begin(List<String> files) throws CaptureException {
        if (!isAsked()) {
            return;
        }
        boolean again = !files.isEmpty();
        for (String file : files) {
            again &= !file.equals(InputOptions.STANDARD_INPUT) && Files.isRegularFile(FileName.path(file));
        }
        if (again) {
            return;
        }
        String output = options.annotate() == null ? options.extract() : options.annotate();
        Path beside = beside(output);
        try {
            kept = TemporaryFile.create(beside.getParent(), beside.getFileName().toString(), ".frames");
            keeping = FrameFile.pcapng(Files.newOutputStream(kept));
        } catch (IOException e) {
            throw OutputFile.unwritten(output, e);
        }
    }

    private static Path beside(String output) {
        return FileName.path(output).toAbsolutePath();
    }

    void keep(Frame frame) throws CaptureException {
        if (keeping != null) {
            try {
                keeping.add(frame);
            } catch (IOException e) {
                throw OutputFile.unwritten(kept.toString(), e);
            }
        }
    }

    /**
     * Writes the files.
     *
     * @param filter of the frames, or null
     * @param count how many of those that it accepts were read
     * @param notes of the capture, which has been read
     * @throws CaptureException if one can't be written
     */
    void write(Inputs inputs, BpfFilter filter, long count, CaptureNotes notes) throws CaptureException, IOException {
        if (keeping != null) {
            keeping.close();
            keeping = null;
        }
        if (comments != null) {
            OutputFile.write(options.annotate(), out -> annotate(inputs, filter, count, FrameFile.pcapng(out, notes)));
        }
        if (extracted != null) {
            if (extracted.isEmpty()) {
                throw CaptureException.unreadable(
                        options.extract(),
                        options.extractsAll()
                                ? "not written: there is no such stream"
                                : "not written: there is no stream " + options.extractedWord(),
                        null);
            }
            OutputFile.write(options.extract(), out -> extract(inputs, out, notes));
        }
    }

    private FrameSource open(Inputs inputs) throws CaptureException {
        return kept == null
                ? inputs.open(inputs.names().get(0))
                : CaptureFile.open(kept.toString(), InputStream.nullInputStream());
    }

    private void annotate(Inputs inputs, BpfFilter filter, long count, FrameFile file)
            throws CaptureException, IOException {
        Frame frame = new Frame();
        long left = count;
        try (FrameSource source = open(inputs)) {
            while (left > 0 && next(source, frame)) {
                if (filter == null || filter.accepts(frame)) {
                    file.add(frame, comments.of(frame.number()));
                    left--;
                }
            }
        }
        file.flush();
    }

    private void extract(Inputs inputs, OutputStream out, CaptureNotes notes) throws CaptureException, IOException {
        FrameFile file = options.extract().endsWith(PCAPNG) ? FrameFile.pcapng(out, notes) : null;
        Frame frame = new Frame();
        int linkType = -1;
        try (FrameSource source = open(inputs)) {
            while (next(source, frame)) {
                if (!extracted.has(frame.number())) {
                    continue;
                }
                if (file == null) {
                    linkType = frame.linkType();
                    file = FrameFile.pcap(out, linkType);
                }
                if (linkType >= 0 && linkType != frame.linkType()) {
                    throw CaptureException.unreadable(
                            options.extract(),
                            "its frames have link types " + linkType + " and " + frame.linkType()
                                    + ", which only pcapng can hold: name it " + PCAPNG,
                            null);
                }
                file.add(frame);
            }
        }
        if (file != null) {
            file.flush();
        }
    }

    /** The end, and what is wrong there, were told when the capture was read first. */
    private static boolean next(FrameSource source, Frame frame) {
        try {
            return source.next(frame);
        } catch (CaptureException told) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (comments != null) {
            comments.close();
        }
        if (keeping != null) {
            keeping.close();
        }
        if (kept != null) {
            Files.deleteIfExists(kept);
        }
    }
}
