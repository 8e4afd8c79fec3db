package tcpflowcheck.cluster;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** What each of several things gives, one after another, none before it is wanted. */
final class Flattened<A, B> implements Iterator<B> {
    private final Iterator<A> several;
    private final Function<A, Iterator<B>> each;
    private Iterator<B> at = Collections.emptyIterator();

    Flattened(Iterator<A> several, Function<A, Iterator<B>> each) {
        this.several = several;
        this.each = each;
    }

    @Override
    public boolean hasNext() {
        while (!at.hasNext() && several.hasNext()) {
            at = each.apply(several.next());
        }
        return at.hasNext();
    }

    @Override
    public B next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return at.next();
    }
}
