package tcpflowcheck.model;

/** Lent: captures of one length with the paths that can have made them, kept until there are enough to show the tool. */
final class Batch {
    static final int LIMIT = 128;

    final char[][] words;
    final TruePaths[] truths = new TruePaths[LIMIT];
    final int length;
    int size;

    Batch(int length) {
        this.length = length;
        words = new char[LIMIT][length];
    }

    void add(char[] word, TruePaths truth) {
        System.arraycopy(word, 0, words[size], 0, length);
        if (truths[size] == null) {
            truths[size] = new TruePaths();
        }
        truths[size].clear();
        for (int i = 0; i < truth.size(); i++) {
            truths[size].add(truth.path(i, 0), truth.path(i, 1), truth.cost(i));
        }
        size++;
    }

    boolean isFull() {
        return size == LIMIT;
    }
}
