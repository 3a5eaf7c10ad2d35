package meshdev.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of imports at one moment. Immutable.
 *
 * @param closures by agent; one whose imports are not known yet has none
 * @param agents   whose imports are to be known
 * @param gone     files that were deleted, with the agents that imported them until then
 * @param trouble  why nothing can be read at present; empty when it can
 */
record ImportView(Map<String, Closure> closures, Set<String> agents, Map<Path, Set<String>> gone, String trouble) {
    private static final String PYTHON = ".py";

    ImportView {
        closures = Map.copyOf(closures);
        agents = Set.copyOf(agents);
        gone = Map.copyOf(gone);
    }

    static boolean isSource(Path file) {
        return file.toString().endsWith(PYTHON);
    }

    /** Whether nothing claims the file for the agent, but what is being read may. */
    boolean isGuess(Path file, String agent, Set<Path> stale) {
        Closure closure = closures.get(agent);
        boolean decided = closure != null
                && (claims(closure, file) || closure.widened().isPresent() || !closure.unread().isEmpty());
        return !decided && isPending(agent, stale);
    }

    private boolean claims(Closure closure, Path file) {
        return closure.contains(file) || gone.getOrDefault(file, Set.of()).contains(closure.source().name())
                || isSource(file) && closure.looksFor(file);
    }

    private boolean isPending(String agent, Set<Path> stale) {
        Closure closure = closures.get(agent);
        if (closure == null) {
            return agents.contains(agent) && trouble.isEmpty();
        }
        for (Path file : stale) {
            if (closure.contains(file) || closure.looksFor(file)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the agent runs the file, for all that is known. */
    boolean runs(Path file, String agent) {
        Closure closure = closures.get(agent);
        return closure == null ? agents.contains(agent) : closure.contains(file) || closure.looksFor(file);
    }

    List<Path> chain(Path file, String agent) {
        return Optional.ofNullable(closures.get(agent)).map(closure -> closure.chain(file)).orElse(List.of());
    }

    /** The agent's claim to the file by imports that are known, in words. */
    Optional<String> known(Path file, String agent, Path root) {
        Closure closure = closures.get(agent);
        return closure == null || !claims(closure, file) ? Optional.empty()
                : Optional.of("imported by " + agent + via(closure.chain(file), root));
    }

    /** Why the agent may import any file, in words; empty when it may not. */
    Optional<String> anything(String agent, Set<Path> stale, Path root) {
        Closure closure = closures.get(agent);
        if (!agents.contains(agent)) {
            return Optional.empty();
        }
        if (closure == null) {
            return Optional.of("what " + agent + " imports is not known" + (trouble.isEmpty() ? " yet" : ": " + trouble));
        }
        if (closure.widened().isPresent()) {
            Closure.Widening by = closure.widened().get();
            return Optional.of(agent + " may import anything: " + shown(by.file(), root) + ":" + by.line() + " " + by.what());
        }
        if (!closure.unread().isEmpty()) {
            Path first = closure.unread().stream().min(Path::compareTo).orElseThrow();
            return Optional.of(agent + " may import anything: " + shown(first, root) + " cannot be read");
        }
        return isPending(agent, stale) ? Optional.of("what " + agent + " imports is being read again") : Optional.empty();
    }

    /** @param chain from the entry to the file; what lies between them is worth a word, at most two files of it */
    private static String via(List<Path> chain, Path root) {
        if (chain.size() <= 2) {
            return "";
        }
        String first = " via " + shown(chain.get(1), root);
        return chain.size() == 3 ? first : first + (chain.size() == 4 ? " and " : " … ") + shown(chain.get(chain.size() - 2), root);
    }

    private static String shown(Path file, Path root) {
        return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
    }
}
