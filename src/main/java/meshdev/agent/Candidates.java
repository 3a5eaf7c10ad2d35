package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells by a file's place whether a change of it can add an agent to a run or take one away. Only folders that were named,
 * or searched by default, are looked at: files that were named are agents already.
 *
 * @param folders  the start folders
 * @param declared paths of {@code agents:} in {@code .meshwatch}; absolute
 */
public record Candidates(List<Path> folders, Set<Path> declared) {
    /** The deepest entry point is {@code folder/agent/src/index.ts}. */
    private static final int DEEPEST = 3;

    public Candidates {
        folders = List.copyOf(folders);
        declared = Set.copyOf(declared);
    }

    /** Whether an agent may begin in this file. */
    public boolean mayHold(Path file) {
        return declared.contains(file) || declared.contains(file.getParent())
                || folders.stream().anyMatch(folder -> file.startsWith(folder) && mayHold(folder, file));
    }

    private static boolean mayHold(Path folder, Path file) {
        int depth = folder.relativize(file).getNameCount();
        String name = file.getFileName().toString();
        boolean notebookOrModule = depth == 1 && (name.endsWith(".py") || name.endsWith(".ipynb"));
        return notebookOrModule || depth <= DEEPEST && Kinds.isEntryPoint(file);
    }

    /** Whether a file that is no agent's may be one, by what is in it; a missing or unreadable one is not. */
    public boolean looksLikeAgent(Path file) {
        if (declared.contains(file) || declared.contains(file.getParent()) || !file.toString().endsWith(".py")
                || Kinds.isEntryPoint(file)) {
            return Files.exists(file);
        }
        try {
            return Candidate.of(file, Optional.empty(), Agent.Kind.PYTHON).source().looksLikeAgent();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
