package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import meshdev.config.ConfigException;

/** Looks for agents of the project that were not asked for, so that a name that is no mistake is not called one. */
public final class OtherAgents {
    private final Surroundings place;
    private final Predicate<Path> excluded;

    /** @param excluded as for {@link AgentFinder} */
    public OtherAgents(Surroundings place, Predicate<Path> excluded) {
        this.place = place;
        this.excluded = excluded;
    }

    /**
     * The names of all agents beside the start paths, in the project's root and in the folders right below it; what
     * cannot be read or named is left out.
     */
    public Set<String> names(StartPaths start) {
        AgentNames naming = new AgentNames(place);
        Set<String> names = new HashSet<>();
        for (Path folder : folders(start)) {
            FolderSearch search = new FolderSearch(place, excluded);
            try {
                search.search(folder);
                search.found().forEach(candidate -> names.add(naming.of(candidate)));
            } catch (ConfigException unusable) {
                continue; // it is no agent of this start, so its faults are no hindrance
            }
        }
        return names;
    }

    private Set<Path> folders(StartPaths start) {
        Set<Path> folders = new LinkedHashSet<>(start.folders());
        start.files().forEach(file -> folders.add(file.getParent()));
        folders.add(place.projectRoot());
        try {
            for (Path entry : FolderEntries.of(place.projectRoot())) {
                if (Files.isDirectory(entry) && !entry.getFileName().toString().startsWith(".") && !excluded.test(entry)) {
                    folders.add(entry);
                }
            }
        } catch (IOException unreadable) {
            return folders;
        }
        return folders;
    }
}
