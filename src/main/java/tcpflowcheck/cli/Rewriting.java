package tcpflowcheck.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameFile;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.TemporaryFile;
import tcpflowcheck.cli.OutputOptions.Extract;
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

    /** Where the capture goes with comments. */
    private final @Nullable String annotated;

    private final @Nullable PacketComments comments;
    private final @Nullable Extract extract;
    private final @Nullable StreamFrames extracted;
    /** The whole capture, if it can't be read again. */
    private @Nullable Path kept;

    private @Nullable FrameFile keeping;

    /** @param only of which flows */
    Rewriting(OutputOptions options, FlowChoice only) {
        annotated = options.annotate();
        comments = annotated == null ? null : new PacketComments(only, folder(beside(annotated)));
        extract = options.extract();
        extracted = extract == null ? null : new StreamFrames(extract.streams(), only);
    }

    boolean isAsked() {
        return output() != null;
    }

    /** The first file that is written, or null. */
    private @Nullable String output() {
        if (annotated != null) {
            return annotated;
        }
        return extract == null ? null : extract.file();
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
        String output = output();
        if (output == null) {
            return;
        }
        boolean again = !files.isEmpty();
        for (String file : files) {
            again &= !file.equals(InputOptions.STANDARD_INPUT) && Files.isRegularFile(FileName.path(file));
        }
        if (again) {
            return;
        }
        Path beside = beside(output);
        try {
            kept = TemporaryFile.create(folder(beside), beside.getFileName().toString(), ".frames");
            keeping = FrameFile.pcapng(Files.newOutputStream(kept));
        } catch (IOException e) {
            throw OutputFile.unwritten(output, e);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder; // the root has none
    }

    private static Path beside(String output) {
        return FileName.path(output).toAbsolutePath();
    }

    void keep(Frame frame) throws CaptureException {
        if (keeping != null && kept != null) {
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
    void write(Inputs inputs, @Nullable BpfFilter filter, long count, CaptureNotes notes)
            throws CaptureException, IOException {
        if (keeping != null) {
            keeping.close();
            keeping = null;
        }
        if (annotated != null && comments != null) {
            OutputFile.write(annotated, out -> annotate(inputs, filter, count, comments, FrameFile.pcapng(out, notes)));
        }
        if (extract != null && extracted != null) {
            if (extracted.isEmpty()) {
                throw CaptureException.unreadable(
                        extract.file(),
                        extract.all()
                                ? "not written: there is no such stream"
                                : "not written: there is no stream " + extract.word(),
                        null);
            }
            OutputFile.write(extract.file(), out -> extract(inputs, extract.file(), extracted, out, notes));
        }
    }

    private FrameSource open(Inputs inputs) throws CaptureException {
        return kept == null
                ? inputs.open(inputs.names().get(0))
                : CaptureFile.open(kept.toString(), InputStream.nullInputStream());
    }

    private void annotate(
            Inputs inputs, @Nullable BpfFilter filter, long count, PacketComments comments, FrameFile file)
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

    private void extract(Inputs inputs, String name, StreamFrames extracted, OutputStream out, CaptureNotes notes)
            throws CaptureException, IOException {
        FrameFile file = name.endsWith(PCAPNG) ? FrameFile.pcapng(out, notes) : null;
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
                            name,
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
