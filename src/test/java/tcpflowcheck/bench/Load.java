package tcpflowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a capture for measurements and tells what is in it. The same arguments make the same octets.
 *
 * <p>{@code java -cp target/test-classes:target/classes tcpflowcheck.bench.Load FILE KIND COUNT [AT-ONCE]}
 *
 * <ul>
 *   <li>{@code turns}, {@code turns6}: COUNT connections of some ten frames over IPv4 or IPv6, AT-ONCE (2,000) of them under
 *       way in random turns
 *   <li>{@code closing}: COUNT connections that are all open before the first closes, and then all close
 *   <li>{@code awkward}: COUNT connections with text sent again and out of order, that stay alive
 *   <li>{@code elephants}: COUNT frames in AT-ONCE (200) connections, 800 octets a frame in the mean
 *   <li>{@code short}, {@code clients}, {@code alive}, {@code half-open}: COUNT connections in step; from many ports of few
 *       clients, from one port of as many clients, without their close, their SYNs only
 *   <li>{@code bulk}: COUNT frames in one connection
 * </ul>
 */
public final class Load {
    private static final long SEED = 1;

    private Load() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[2]);
        int atOnce = args.length > 3 ? Integer.parseInt(args[3]) : "elephants".equals(args[1]) ? 200 : 2000;
        System.out.println(make(Path.of(args[0]), args[1], count, atOnce));
    }

    /** What the file holds, in words. */
    static String make(Path path, String kind, int count, int atOnce) throws IOException {
        try (PcapFile out = new PcapFile(path)) {
            String told;
            if ("elephants".equals(kind)) {
                told = new Elephants(out, atOnce, SEED).run(count) + " segments lost and sent again";
            } else if (inStep(out, kind, count)) {
                told = count + ("bulk".equals(kind) ? " frames of one connection" : " connections in step");
            } else {
                told = inTurns(out, kind, count, atOnce).toString();
            }
            return out.frames() + " frames, " + told;
        }
    }

    private static Told inTurns(PcapFile out, String kind, int count, int atOnce) throws IOException {
        Told told = new Told();
        Turns turns = new Turns(out, "turns6".equals(kind), SEED, told);
        switch (kind) {
            case "turns", "turns6" -> turns.mixed(count, atOnce);
            case "closing" -> turns.closing(count);
            case "awkward" -> turns.awkward(count);
            default -> throw new IllegalArgumentException(kind);
        }
        return told;
    }

    private static boolean inStep(PcapFile out, String kind, int count) throws IOException {
        switch (kind) {
            case "short" -> new Lockstep(out, 50_000).connections(count, Lockstep.ALL);
            case "clients" -> new Lockstep(out, 1).connections(count, Lockstep.ALL);
            case "alive" -> new Lockstep(out, 50_000).connections(count, Lockstep.BEFORE_CLOSE);
            case "half-open" -> new Lockstep(out, 50_000).connections(count, 1);
            case "bulk" -> new Lockstep(out, 50_000).bulk(count);
            default -> {
                return false;
            }
        }
        return true;
    }
}
