package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tcpflowcheck.tcp.Rule;

/** What someone may have meant who wrote a word that has no meaning here. */
public final class NearestSlugs {
    private static final int MOST = 3;
    private static final int LEAST_PART = 3;

    private record Candidate(String slug, int distance) {}

    private NearestSlugs() {}

    /** At most three rules' slugs that are near. */
    public static List<String> to(String written) {
        return among(Arrays.stream(Rule.values()).map(Rule::slug).toList(), written);
    }

    /** At most three of the slugs that are near, in whole, in part, in one of their words or as one of its, nearest first. */
    public static List<String> among(List<String> slugs, String written) {
        String wanted = written.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
        List<Candidate> near = new ArrayList<>();
        for (String slug : slugs) {
            int distance = EditDistance.of(wanted, slug);
            if (wanted.length() >= LEAST_PART) {
                boolean part =
                        slug.contains(wanted) || List.of(wanted.split("-")).contains(slug);
                distance = part ? Math.min(distance, 1) : distance;
                for (String word : slug.split("-")) {
                    distance = Math.min(distance, EditDistance.of(wanted, word) + 1);
                }
            }
            if (distance <= Math.max(2, wanted.length() / 3)) {
                near.add(new Candidate(slug, distance));
            }
        }
        near.sort(Comparator.comparingInt(Candidate::distance));
        return near.stream().limit(MOST).map(Candidate::slug).toList();
    }
}
