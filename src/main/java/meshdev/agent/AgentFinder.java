package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import meshdev.config.ConfigException;
import meshdev.config.Meshwatch;

/**
 * Finds the agents of a run: a file argument always is one, a folder argument is searched, and {@code agents:} of
 * {@code .meshwatch} renames, adjusts and adds. Looks at files only; safe to ask again while agents run.
 */
public final class AgentFinder {
    private final Surroundings place;
    private final Meshwatch meshwatch;
    private final Predicate<Path> excluded;
    private final Supplier<Interpreter> python;

    /**
     * @param excluded whether the watch rules exclude an absolute path; never asked about file arguments
     * @param python   asked at most once per search, and only when a Python agent is found
     */
    public AgentFinder(Surroundings place, Meshwatch meshwatch, Predicate<Path> excluded, Supplier<Interpreter> python) {
        this.place = place;
        this.meshwatch = meshwatch;
        this.excluded = excluded;
        this.python = python;
    }

    /**
     * Searches the start paths.
     *
     * @throws ConfigException when no agent is found, two have one name, or one cannot be named or started
     */
    public Discovery find(StartPaths start) {
        Discovery found = search(start, new Misfits(place, Optional.empty()));
        if (found.agents().isEmpty()) {
            throw new NothingFound(place, start).because(found.skipped());
        }
        return found;
    }

    /**
     * As {@link #find}, while agents run: to find none is an answer too, and what is found in a folder but cannot be an agent
     * is left out.
     *
     * @param running the names of the agents that run, by their files
     */
    public Discovery search(StartPaths start, Map<Path, String> running) {
        return search(start, new Misfits(place, Optional.of(running)));
    }

    private Discovery search(StartPaths start, Misfits misfits) {
        FolderSearch search = new FolderSearch(place, excluded);
        for (Path path : start.paths()) {
            if (Files.isDirectory(path)) {
                search.search(path);
            } else {
                search.found().add(argument(path));
            }
        }
        Overrides overrides = new Overrides(place, start, meshwatch.agents());
        overrides.apply(withoutRepeats(search.found(), misfits), misfits);
        Commands commands = new Commands(place, python);
        List<Agent> agents = agents(withOneNameEach(overrides.drafts(), misfits), commands, misfits);
        List<Skipped> skipped = withoutAgents(search.skipped(), agents);
        return new Discovery(agents, skipped, overrides.warnings(), misfits.leftOut(), commands.chosen());
    }

    private List<Draft> withOneNameEach(List<Draft> drafts, Misfits misfits) {
        Map<String, Draft> byName = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            Draft other = byName.putIfAbsent(draft.name(), draft);
            if (other != null && misfits.loser(other, draft, sameName(other, draft)) == other) {
                byName.put(draft.name(), draft);
            }
        }
        return new ArrayList<>(byName.values());
    }

    private List<Agent> agents(List<Draft> drafts, Commands commands, Misfits misfits) {
        Assembly assembly = new Assembly(place);
        List<Agent> agents = new ArrayList<>();
        for (Draft draft : drafts) {
            try {
                agents.add(assembly.agent(draft, commands));
            } catch (ConfigException e) {
                if (draft.isDeclared() || draft.saysHowToRun()) {
                    throw e;
                }
                misfits.leaveOut(draft.candidate(), e);
            }
        }
        return agents;
    }

    private Candidate argument(Path file) {
        Optional<Agent.Kind> kind = Kinds.of(file);
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(place.shown(file) + ": not a regular file; name an agent's source");
        }
        if (kind.isEmpty()) {
            throw new ConfigException(place.shown(file) + ": mesh-dev does not know how to start this file; make it "
                    + "executable (chmod +x), or add a command for it under agents: in .meshwatch");
        }
        Optional<Path> folder = Kinds.isMaven(file) ? Optional.of(file.getParent()) : Optional.empty();
        try {
            return Candidate.of(file, folder, kind.get());
        } catch (IOException e) {
            throw new ConfigException(place.shown(file) + ": cannot be read (" + FolderEntries.cause(e)
                    + "); check its permissions");
        }
    }

    /** A name that is not valid text in this locale would reach the agent and the log as another name. */
    private static boolean isSpeakable(Path file) {
        try {
            return Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<Candidate> withoutRepeats(List<Candidate> found, Misfits misfits) {
        Map<Path, Candidate> byFile = new LinkedHashMap<>();
        for (Candidate candidate : found) {
            Path file = candidate.file();
            if (isSpeakable(file)) {
                byFile.putIfAbsent(file, candidate);
            } else {
                misfits.leaveOut(candidate, new ConfigException(place.shown(file) + ": the name is not valid UTF-8; rename the file"));
            }
        }
        return new ArrayList<>(byFile.values());
    }

    private static List<Skipped> withoutAgents(List<Skipped> skipped, List<Agent> agents) {
        List<Skipped> kept = new ArrayList<>();
        for (Skipped one : skipped) {
            boolean started = false;
            for (Agent agent : agents) {
                started = started || one.path().equals(agent.file())
                        || agent.folder().isPresent() && one.path().equals(agent.folder().get());
            }
            if (!started && !kept.contains(one)) {
                kept.add(one);
            }
        }
        return kept;
    }

    private ConfigException sameName(Draft one, Draft other) {
        return new ConfigException("two agents are named " + one.name() + ": "
                + place.shown(one.candidate().subject()) + " and " + place.shown(other.candidate().subject())
                + "; give one another name under agents: in .meshwatch (other-name: {path: …}) "
                + "or with name= in its mesh decorator");
    }
}
