package tcpflowcheck.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.golden.Run;

/** What one machine says of captures with {@code --merge --json}, and what a job said in its words. */
final class OneMachine {
    private static final Pattern STREAM = Pattern.compile("\"stream\":(\\d+)");
    private static final Pattern LAST_FRAME = Pattern.compile("\"lastFrame\":(\\d+)");
    private static final Pattern TRANSITION = Pattern.compile("\\{\"frame\":(\\d+),(\"side\":\"\\w+\",\"from\":)");
    private static final Pattern FRAME = Pattern.compile("\\{\"file\":(\\d+),\"frame\":(\\d+)}");
    private static final Pattern WORDS = Pattern.compile("frame (\\d+) of file (\\d+)");
    private static final Comparator<String> BY_STREAM = Comparator.comparing(line -> first(STREAM, line));

    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<String> lines;

    OneMachine(List<String> files, String... options) throws IOException {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            read(i, files.get(i), places);
        }
        places.sort(null);
        for (Place place : places) {
            numbers.put(place.at(), numbers.size() + 1);
        }
        List<String> words = new ArrayList<>(List.of("--merge", "--json"));
        words.addAll(List.of(options));
        words.addAll(files);
        lines = Run.of(words.toArray(String[]::new)).out().lines().toList();
    }

    private static void read(int file, String name, List<Place> places) throws IOException {
        Frame frame = new Frame();
        long clock = Long.MIN_VALUE;
        try (FrameSource source = CaptureFile.open(name, null)) {
            while (source.next(frame)) {
                clock = Math.max(clock, frame.time());
                places.add(new Place(clock, Place.at(file, frame.number())));
            }
        } catch (CaptureException cut) {
            // what came before counts
        }
    }

    private static long first(Pattern number, String line) {
        Matcher found = number.matcher(line);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** Of each flow, but for the frames that only showed that time had passed. */
    List<String> flows() {
        return lines.stream()
                .filter(line -> line.startsWith("{\"type\":\"flow\""))
                .map(OneMachine::withoutClock)
                .sorted(BY_STREAM)
                .toList();
    }

    private static String withoutClock(String flow) {
        long last = first(LAST_FRAME, flow);
        return TRANSITION
                .matcher(flow)
                .replaceAll(found -> Long.parseLong(found.group(1)) > last
                        ? "{\"frame\":null," + found.group(2)
                        : Matcher.quoteReplacement(found.group()));
    }

    /** Of each group. */
    List<String> groups() {
        return lines.stream()
                .filter(line -> line.startsWith("{\"type\":\"group\""))
                .toList();
    }

    String summary() {
        return lines.get(lines.size() - 1);
    }

    /** A job's line, its frames by their numbers in the merged capture. */
    private String inNumbers(String line) {
        String numbered = FRAME.matcher(line).replaceAll(found -> "" + number(found.group(1), found.group(2)));
        return WORDS.matcher(numbered).replaceAll(found -> "frame " + number(found.group(2), found.group(1)));
    }

    private int number(String file, String frame) {
        return numbers.get(Place.at(Integer.parseInt(file), Long.parseLong(frame)));
    }

    List<String> flows(Path out) throws IOException {
        return table(out.resolve("flows")).stream().sorted(BY_STREAM).toList();
    }

    List<String> table(Path table) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(table)) {
            for (Path part : parts.filter(each -> each.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(part).forEach(line -> rows.add(inNumbers(line)));
            }
        }
        return rows;
    }

    String summary(Path out) throws IOException {
        return inNumbers(Files.readString(out.resolve("summary.json")).strip());
    }
}
