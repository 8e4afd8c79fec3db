package tcpflowcheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model's sets of captures that were worked out by hand are these and no other. */
class ModelWordsTest {
    private static final String OPEN = "C S 0 | S S. 0 a1 | C . 1 a1 | ";
    private static final String CLIENT = "CLOSED SYN-SENT ESTABLISHED ";
    private static final String SERVER = "LISTEN SYN-RECEIVED ESTABLISHED ";

    /**
     * World, cut or quiescent, the capture (behind the handshake where it begins with +), the first end's paths and the
     * second's; behind + is what follows ESTABLISHED.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            clean        ! cut   ! C S 0                                          ! CLOSED SYN-SENT            ! LISTEN; LISTEN SYN-RECEIVED
            clean        ! cut   ! C S 0 | S S. 0 a1                              ! CLOSED SYN-SENT; CLOSED SYN-SENT ESTABLISHED; + FIN-WAIT-1 ! LISTEN SYN-RECEIVED
            clean        ! cut   ! + C F. 1 a1 | S . 1 a2 | S F. 1 a2 | C . 2 a2  ! + FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT ! + CLOSE-WAIT LAST-ACK; + CLOSE-WAIT LAST-ACK CLOSED
            clean        ! quiet ! + C F. 1 a1 | S . 1 a2 | S F. 1 a2 | C . 2 a2  ! + FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT ! + CLOSE-WAIT LAST-ACK CLOSED
            clean        ! quiet ! + C F. 1 a1 | S F. 1 a2 | C . 2 a2             ! + FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT ! + CLOSE-WAIT LAST-ACK CLOSED
            clean        ! cut   ! + C F. 1 a1 | S F. 1 a1 | C . 2 a2 | S . 2 a2  ! + FIN-WAIT-1 CLOSING; + FIN-WAIT-1 CLOSING TIME-WAIT ! + FIN-WAIT-1 CLOSING; + FIN-WAIT-1 CLOSING TIME-WAIT
            clean        ! quiet ! + C F. 1 a1 | S F. 1 a1 | C . 2 a2 | S . 2 a2  ! + FIN-WAIT-1 CLOSING TIME-WAIT ! + FIN-WAIT-1 CLOSING TIME-WAIT
            fault1       ! quiet ! + C F. 1 a1 | S F. 1 a2 | C . 2 a2 | S F. 1 a2 | C . 2 a2 ! + FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT ! + CLOSE-WAIT LAST-ACK CLOSED
            fault1       ! cut   ! + C F. 1 a1 | S . 2 a2 | S F. 1 a1 | C . 2 a2  ! + FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT ! + FIN-WAIT-1 CLOSING; + FIN-WAIT-1 CLOSING TIME-WAIT
            refused      ! cut   ! C S 0 | S R. 0 a1                              ! CLOSED SYN-SENT; CLOSED SYN-SENT CLOSED ! CLOSED
            refused      ! quiet ! C S 0 | S R. 0 a1                              ! CLOSED SYN-SENT CLOSED ! CLOSED
            abort        ! quiet ! + C R 1                                        ! + CLOSED                   ! + CLOSED
            abort        ! quiet ! C S 0 | S S. 0 a1 | S R 1                      ! CLOSED SYN-SENT ESTABLISHED CLOSED ! LISTEN SYN-RECEIVED CLOSED
            abort        ! cut   ! C S 0 | S S. 0 a1 | C F. 1 a1 | S . 1 a2 | C R 2 ! + FIN-WAIT-1 CLOSED; + FIN-WAIT-1 FIN-WAIT-2 CLOSED ! + CLOSE-WAIT; + CLOSE-WAIT LAST-ACK; + CLOSE-WAIT CLOSED; + CLOSE-WAIT LAST-ACK CLOSED
            abort        ! quiet ! + C F. 1 a1 | S R 1                            ! + FIN-WAIT-1 CLOSED        ! + CLOSE-WAIT CLOSED
            abort        ! cut   ! + C F. 1 a1 | S R 1                            ! + FIN-WAIT-1; + FIN-WAIT-1 CLOSED ! LISTEN SYN-RECEIVED CLOSED; + CLOSED; + CLOSE-WAIT CLOSED
            abort        ! cut   ! + C F. 1 a1 | S R 1 | S R 1                    ! + FIN-WAIT-1; + FIN-WAIT-1 CLOSED ! LISTEN SYN-RECEIVED CLOSED; + CLOSED
            simultaneous ! quiet ! C S 0 | S S 0 | C S. 0 a1 | S S. 0 a1          ! CLOSED SYN-SENT SYN-RECEIVED ESTABLISHED ! CLOSED SYN-SENT SYN-RECEIVED ESTABLISHED
            """)
    void possiblePathsAre(String world, String end, String capture, String first, String second) {
        char[] word = Segments.word(capture.startsWith("+") ? OPEN + capture.substring(2) : capture);
        Exhaustion.follow(World.named(world), word, (each, length, cut, quiescent) -> {
            if (length == word.length) {
                TruePaths truth = end.equals("cut") ? cut : quiescent;
                assertThat(paths(truth, 0)).isEqualTo(paths(first, CLIENT));
                assertThat(paths(truth, 1)).isEqualTo(paths(second, SERVER));
            }
        });
    }

    private static Set<String> paths(TruePaths truth, int end) {
        Set<String> paths = new TreeSet<>();
        for (int i = 0; i < truth.size(); i++) {
            paths.add(Paths.text(truth.path(i, end)));
        }
        return paths;
    }

    private static Set<String> paths(String list, String open) {
        Set<String> paths = new TreeSet<>();
        Arrays.stream(list.split("; *")).forEach(each -> paths.add(each.replace("+ ", open)));
        return paths;
    }
}
