package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tcpflowcheck.golden.Golden;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.TcpState;

class DiagramTextTest {
    private static final String HEADER = "from          event           action       to            RFC 9293\n";

    private String figure;
    private String table;

    @BeforeEach
    void print() {
        TextBuffer out = new TextBuffer();
        DiagramText.append(out, Catalogue.of(Catalogue.Language.EN));
        String text = out.toString();
        assertThat(text).contains(HEADER);
        figure = text.substring(0, text.indexOf(HEADER));
        table = text.substring(text.indexOf(HEADER) + HEADER.length());
    }

    @Test
    void theTableHasEveryRowInOrder() {
        List<String> rows =
                table.lines().map(line -> line.replaceAll("  +", "|")).toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        StateDiagram.rows().stream().map(DiagramTextTest::row).toList());
        assertThat(table).startsWith("CLOSED        OPEN            snd SYN      SYN-SENT      3.10.1\n");
    }

    private static String row(Arrow arrow) {
        String[] label = arrow.label().split(" / ");
        return String.join(
                "|", arrow.from().toString(), label[0], label[1], arrow.to().toString(), arrow.section());
    }

    @ParameterizedTest
    @EnumSource
    void theFigureHasEveryState(TcpState state) {
        assertThat(figure).containsPattern("\\| +" + state + " +\\|");
    }

    /** What RFC 9293 describes and its figure does not draw. */
    private static final Set<Event> NOT_DRAWN =
            EnumSet.of(Event.RCV_RST, Event.ABORT, Event.USER_TIMEOUT, Event.RCV_ICMP);

    /** One for each row that is drawn, and the passive OPEN; a label may be broken before its last word. */
    @Test
    void theFigureHasEveryArrowThatTheRfcDraws() {
        String[] lines = figure.split("\n");
        int arrows = 1;
        for (Arrow arrow : StateDiagram.rows()) {
            String[] label = arrow.label().split(" / ");
            if (!NOT_DRAWN.contains(arrow.event())) {
                String event = label[0].equals("rcv ACK of FIN") ? "rcv ACK of" : label[0];
                assertThat(lines).as(arrow.label()).anyMatch(line -> line.contains(event));
                assertThat(lines).as(arrow.label()).anyMatch(line -> line.contains(label[1]));
                arrows++;
            }
        }
        Matcher heads = Pattern.compile("->|(?<= )v(?=[ \n])").matcher(figure);
        assertThat(heads.results()).hasSize(arrows);
    }

    @Test
    void whatIsNotDrawnIsNamedUnderTheFigure() {
        String notes = figure.substring(figure.lastIndexOf("+\n") + 2);
        assertThat(notes)
                .contains("RSTs are not drawn")
                .contains("Nor is a USER TIMEOUT")
                .contains("3.10.8")
                .contains("Nor is an ICMP error")
                .contains("3.9.2.2");
        assertThat(table).contains("ESTABLISHED   USER TIMEOUT    x            CLOSED        3.10.8\n");
    }

    @Test
    void inChineseAsItIsPrinted() throws IOException {
        Golden.assertMatches("states-zh.txt", Run.of("--states", "--lang", "zh").out());
    }

    /** The words of the RFC's user calls and the states stay as they are; columns are even. */
    @Test
    void inChinese() {
        String text = Run.of("--states", "--lang", "zh").out();
        assertThat(text)
                .contains("|     LISTEN     |------")
                .contains("图中没有画出 RST", "（3.10.8 节）", "ICMP 差错（3.9.2.2 节）")
                .contains("""

                原状态        事件               动作          新状态        RFC 9293 章节
                CLOSED        主动 OPEN          发送 SYN      SYN-SENT      3.10.1
                LISTEN        收到 SYN           发送 SYN,ACK  SYN-RECEIVED  3.10.7.2
                LISTEN        SEND               发送 SYN      SYN-SENT      3.10.2
                """)
                .contains("\nTIME-WAIT     2MSL 计时器超时    x             CLOSED        3.10.8\n");
        assertThat(text.lines())
                .allMatch(line -> WrappedText.columns(line) <= 80 && !line.endsWith(" "))
                .hasSizeGreaterThan(StateDiagram.rows().size());
    }

    @Test
    void itIsAsciiAndFitsTheScreen() {
        assertThat((figure + table).lines()).allMatch(line -> line.length() <= 80 && line.matches("[ -~]*"));
    }
}
