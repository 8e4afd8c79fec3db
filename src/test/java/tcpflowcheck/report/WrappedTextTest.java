package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedTextTest {
    @ParameterizedTest
    @CsvSource({"abc, 3", "报文段, 6", "SYN 报文段, 10", "（a）, 5"})
    void eastAsianCharactersTakeTwoColumns(String text, int columns) {
        assertThat(WrappedText.columns(text)).isEqualTo(columns);
    }

    @Test
    void chineseBreaksBetweenAnyTwoCharacters() {
        assertThat(WrappedText.lines("三次握手四次挥手", 8)).containsExactly("三次握手", "四次挥手");
    }

    @Test
    void noLineBeginsWithAClosingSignOrEndsWithAnOpeningOne() {
        assertThat(WrappedText.lines("三次握手，四次挥手", 8)).containsExactly("三次握", "手，四次", "挥手");
        assertThat(WrappedText.lines("三次握（手）", 8)).containsExactly("三次握", "（手）");
        assertThat(WrappedText.lines("三次握“手段”", 7)).containsExactly("三次握", "“手段”");
    }

    @Test
    void aWordInLatinLettersStaysWholeAndNoBlankEndsALine() {
        assertThat(WrappedText.lines("进入 SYN-SENT 状态", 12)).containsExactly("进入", "SYN-SENT 状", "态");
        assertThat(WrappedText.lines("收到 FIN 段", 9)).containsExactly("收到 FIN", "段");
    }

    @Test
    void aSignBehindALatinWordStaysWithIt() {
        assertThat(WrappedText.lines("重传 (rto), 再发", 11)).containsExactly("重传 (rto),", "再发");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 17, 24, 80})
    void nothingIsLost(int width) {
        String text = "服务器以 SYN,ACK 报文段应答，自己的初始序号 y = 4130210896，确认号 ack = x+1 表示已收到对方的 SYN（第二次握手）。";
        List<String> lines = WrappedText.lines(text, width);
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        assertThat(lines).allMatch(line -> WrappedText.columns(line) <= width && line.equals(line.strip()));
    }
}
