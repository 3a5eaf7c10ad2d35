package meshdev.registry;

import java.util.List;

/**
 * What can be told of a registry at one moment.
 *
 * @param rows all agents it knows, healthy or not; none when it did not answer
 */
public record RegistryView(Standing standing, List<RegistryRow> rows) {
    public RegistryView {
        rows = List.copyOf(rows);
    }

    public long healthy() {
        return rows.stream().filter(RegistryRow::isHealthy).count();
    }

    /** Dependencies of healthy agents that nobody serves. */
    public long unresolved() {
        return rows.stream().filter(RegistryRow::isHealthy)
                .mapToLong(row -> Math.max(0, row.totalDependencies() - row.dependenciesResolved())).sum();
    }
}
