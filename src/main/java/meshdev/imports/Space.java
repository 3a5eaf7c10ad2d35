package meshdev.imports;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What files import under one search path, shared by all agents that have it. One thread changes it; others may read what
 * was resolved.
 */
final class Space {
    private final Resolver resolver;
    private final Map<Path, Resolved> resolved = new ConcurrentHashMap<>();

    Space(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Empty when the file was not resolved yet. */
    Optional<Resolved> known(Path file) {
        return Optional.ofNullable(resolved.get(file));
    }

    Resolved resolved(Path file, SourceFacts facts) {
        return resolved.computeIfAbsent(file, path -> resolver.resolve(path, facts));
    }

    /**
     * Resolves again what was resolved before.
     *
     * @return the files that lead elsewhere now
     */
    Set<Path> again(Collection<Path> files, Function<Path, Optional<SourceFacts>> facts) {
        Set<Path> altered = new HashSet<>();
        for (Path file : files) {
            Resolved before = resolved.get(file);
            if (before != null) {
                Optional<Resolved> now = facts.apply(file).map(said -> resolver.resolve(file, said));
                now.ifPresentOrElse(one -> resolved.put(file, one), () -> resolved.remove(file));
                if (now.isEmpty() || !now.get().reachesLike(before)) {
                    altered.add(file);
                }
            }
        }
        return altered;
    }

    /** The files whose imports may mean others, since these came or went. */
    List<Path> hitBy(Set<Path> moved) {
        resolver.forget();
        Set<Path> stems = new HashSet<>();
        Set<Path> below = new HashSet<>();
        for (Path file : moved) {
            stems.add(Probe.stem(file));
            for (Path folder = file; folder != null && below.add(folder);) {
                folder = folder.getParent();
            }
        }
        return resolved.entrySet().stream()
                .filter(entry -> entry.getValue().probes().stream().anyMatch(probe -> probe.hit(stems, below)))
                .map(Map.Entry::getKey).toList();
    }

    void retain(Set<Path> used) {
        resolved.keySet().retainAll(used);
    }
}
