package meshdev.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest of a series, oldest first; what is older than the most is forgotten. */
final class Newest<T> {
    private final Deque<T> items = new ArrayDeque<>();
    private final int most;

    Newest(int most) {
        this.most = most;
    }

    void add(T item) {
        if (items.size() == most) {
            items.removeFirst();
        }
        items.addLast(item);
    }

    List<T> all() {
        return List.copyOf(items);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    T last() {
        return items.getLast();
    }
}
