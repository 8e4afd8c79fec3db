package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrftimeTest {
    private static final String ALL =
            "%a %A %b %B %c %C %d %D %e %F %g %G %h %H %I %j %k %l %m %M %p %P %r %R %s %S %T %u"
                    + " %U %V %w %W %x %X %y %Y %z %Z %% %-d %-H %_m %_H %0e %^a %^B %Ey %Od %-j";

    /** The C library's own, as date(1) hands it on. */
    @ParameterizedTest
    @CsvSource({
        "0, UTC",
        "1764224695, Europe/Berlin",
        "1751328000, America/New_York",
        "1735603200, Asia/Kolkata",
        "1609459199, Australia/Adelaide",
        "1230768000, UTC",
        "1262304000, UTC",
        "1293926400, UTC",
        "1325376000, UTC",
        "1709208000, UTC",
        "4102444799, Asia/Shanghai"
    })
    void saysWhatTheCLibrarySays(long seconds, String zone) throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/date")), "SKIPPED, NOTHING WAS TESTED: needs GNU's date(1)");
        ProcessBuilder date = new ProcessBuilder("date", "-d", "@" + seconds, "+" + ALL);
        date.environment().put("TZ", zone);
        date.environment().put("LC_ALL", "C");
        String expected =
                new String(date.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        assertThat(Strftime.of(ALL, seconds, ZoneId.of(zone)))
                .isEqualTo(expected)
                .contains("%");
    }

    @Test
    void whatIsNoConversionStays() {
        ZoneId utc = ZoneId.of("UTC");
        assertThat(Strftime.of("x.pcap", 0, utc)).isEqualTo("x.pcap");
        assertThat(Strftime.of("100%", 0, utc)).isEqualTo("100%");
        assertThat(Strftime.of("%f%-Q%E%H", 0, utc)).isEqualTo("%f%-Q%E%H");
        assertThat(Strftime.of("%%H%n%t", 0, utc)).isEqualTo("%H\n\t");
        assertThat(Strftime.of("", 0, utc)).isEmpty();
    }
}
