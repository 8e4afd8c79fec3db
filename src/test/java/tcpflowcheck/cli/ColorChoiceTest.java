package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorChoiceTest {
    @ParameterizedTest
    @CsvSource({
        // choice, terminal, environment, colours
        "AUTO, true, '', true",
        "AUTO, false, '', false",
        "AUTO, true, TERM=xterm, true",
        "AUTO, true, TERM=dumb, false",
        "AUTO, true, CLICOLOR=0, false",
        "AUTO, true, CLICOLOR=1, true",
        "AUTO, false, CLICOLOR=1, false",
        "AUTO, true, NO_COLOR=1, false",
        "AUTO, true, NO_COLOR=0, false",
        "AUTO, true, NO_COLOR=, true",
        "AUTO, false, FORCE_COLOR=1, true",
        "AUTO, false, FORCE_COLOR=, false",
        "AUTO, false, FORCE_COLOR=0, false",
        "AUTO, false, CLICOLOR_FORCE=1, true",
        "AUTO, false, CLICOLOR_FORCE=0, false",
        "AUTO, false, CLICOLOR_FORCE=1 CLICOLOR=0 TERM=dumb, true",
        "AUTO, true, NO_COLOR=1 FORCE_COLOR=1 CLICOLOR_FORCE=1, false",
        "ALWAYS, false, NO_COLOR=1 TERM=dumb, true",
        "NEVER, true, FORCE_COLOR=1 CLICOLOR_FORCE=1, false",
    })
    void theEnvironmentIsHeededInOrder(ColorChoice choice, boolean terminal, String environment, boolean colors) {
        Map<String, String> env = Arrays.stream(environment.split(" "))
                .filter(word -> word.contains("="))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(choice.colors(env, terminal)).isEqualTo(colors);
    }
}
