package tcpflowcheck.site;

import java.util.ArrayList;
import java.util.List;

/** The words of a command line, as far as no shell is needed to know them. */
final class ShellWords {
    private final List<List<String>> pipe = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private ShellWords() {
        pipe.add(new ArrayList<>());
    }

    /** The words of each program in a pipe; null where the line says more than that: redirections, variables, lists. */
    static List<List<String>> pipe(String command) {
        ShellWords words = new ShellWords();
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char letter = command.charAt(i);
            if (quote != 0) {
                if (letter == quote) {
                    quote = 0;
                } else if (quote == '"' && "$`\\".indexOf(letter) >= 0) {
                    return null;
                } else {
                    words.word.append(letter);
                }
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
                words.inWord = true;
            } else if (letter == ' ') {
                words.endWord();
            } else if (letter == '|') {
                words.endWord();
                words.pipe.add(new ArrayList<>());
            } else if (letter == '#' && !words.inWord) {
                break;
            } else if ("<>;&$`()\\".indexOf(letter) >= 0) {
                return null;
            } else {
                words.inWord = true;
                words.word.append(letter);
            }
        }
        words.endWord();
        return words.pipe;
    }

    private void endWord() {
        if (inWord) {
            pipe.get(pipe.size() - 1).add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }
}
