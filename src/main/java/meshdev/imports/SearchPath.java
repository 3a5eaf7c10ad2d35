package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Where a program looks for modules: its own folders, and those that its files add.
 *
 * @param front put before the others by some file
 * @param back  put after the others by some file
 */
record SearchPath(Program.Language language, List<Path> own, Map<String, Path> mapped, List<Path> front, List<Path> back) {
    SearchPath {
        front = List.copyOf(front);
        back = List.copyOf(back);
    }

    static SearchPath of(Program program) {
        return new SearchPath(program.language(), program.searchPath(), program.mapped(), List.of(), List.of());
    }

    /** This path, and what was added; nothing is taken away, so that adding again and again comes to an end. */
    SearchPath with(Collection<SourceFacts.PathEntry> added) {
        LinkedHashSet<Path> first = new LinkedHashSet<>(front);
        LinkedHashSet<Path> last = new LinkedHashSet<>(back);
        for (SourceFacts.PathEntry entry : added) {
            (entry.front() ? first : last).add(entry.path());
        }
        return new SearchPath(language, own, mapped, List.copyOf(first), List.copyOf(last));
    }

    /**
     * The orders in which folders may be looked through. Nobody can tell when an addition to the front is made, and
     * which of several comes first: once each without any, and with each of them first.
     */
    List<List<Path>> orders() {
        List<List<Path>> orders = new ArrayList<>();
        orders.add(order(List.of()));
        for (Path first : front) {
            List<Path> additions = new ArrayList<>(List.of(first));
            additions.addAll(front);
            orders.add(order(additions));
        }
        return orders;
    }

    private List<Path> order(List<Path> additions) {
        LinkedHashSet<Path> order = new LinkedHashSet<>(additions);
        order.addAll(own);
        order.addAll(back);
        return List.copyOf(order);
    }
}
