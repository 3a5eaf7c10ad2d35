package meshdev.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.Suggestion;

/**
 * Names what was found, as {@code agents:} of {@code .meshwatch} wants it. An entry with the {@code path} of something
 * found names and adjusts it; with another path it adds an agent, if that lies under a start path or none was given; without
 * a path it adjusts the agent of its name, or, with a {@code command} and no start paths given, adds one that is nothing but
 * this command. Two entries with one path are two agents.
 */
final class Overrides {
    private final StartPaths start;
    private final AgentNames names;
    private final EntryPrograms programs;
    private final Map<String, AgentSettings> entries;
    private final Map<String, Path> paths = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** @throws ConfigException with the place, when an entry's path does not exist */
    Overrides(Surroundings place, StartPaths start, Map<String, AgentSettings> entries) {
        this.start = start;
        this.names = new AgentNames(place);
        this.programs = new EntryPrograms(place);
        this.entries = entries;
        for (Map.Entry<String, AgentSettings> entry : entries.entrySet()) {
            if (entry.getValue().path().isPresent()) {
                paths.put(entry.getKey(), programs.path(entry.getValue()));
            }
        }
    }

    List<Draft> drafts() {
        return drafts;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Names the candidates in their order, then adds what only the file names. */
    void apply(List<Candidate> candidates, Misfits misfits) {
        for (Candidate candidate : candidates) {
            name(candidate, misfits);
        }
        for (Map.Entry<String, AgentSettings> entry : entries.entrySet()) {
            if (!used.contains(entry.getKey())) {
                addOrWarn(entry.getKey(), entry.getValue());
            }
        }
    }

    private void name(Candidate candidate, Misfits misfits) {
        Optional<String> given = entryAt(candidate);
        if (given.isPresent()) {
            add(new Draft(given.get(), candidate, Optional.of(entries.get(given.get())), false));
            return;
        }
        try {
            String name = names.of(candidate);
            AgentSettings settings = paths.containsKey(name) ? null : entries.get(name);
            add(new Draft(name, candidate, Optional.ofNullable(settings), false));
        } catch (ConfigException e) {
            misfits.leaveOut(candidate, e);
        }
    }

    private void add(Draft draft) {
        if (draft.settings().isPresent()) {
            used.add(draft.name());
        }
        drafts.add(draft);
    }

    private Optional<String> entryAt(Candidate candidate) {
        for (Map.Entry<String, Path> path : paths.entrySet()) {
            if (!used.contains(path.getKey()) && candidate.isAt(path.getValue())) {
                return Optional.of(path.getKey());
            }
        }
        return Optional.empty();
    }

    private void addOrWarn(String name, AgentSettings settings) {
        if (paths.containsKey(name)) {
            if (start.cover(paths.get(name))) {
                add(new Draft(name, programs.at(paths.get(name), settings), Optional.of(settings), true));
            }
        } else if (settings.command().isEmpty()) {
            warnOfStranger(name, settings);
        } else if (!start.given()) {
            add(new Draft(name, programs.ofCommand(settings), Optional.of(settings), true));
        }
    }

    /** With arguments, settings of agents that are not started are no mistake, unless one is almost started. */
    private void warnOfStranger(String name, AgentSettings settings) {
        List<String> known = new ArrayList<>();
        for (Draft draft : drafts) {
            known.add(draft.name());
        }
        if (start.given() && Suggestion.nearest(name, known).isEmpty()) {
            return;
        }
        Collections.sort(known);
        warnings.add(settings.origin() + ": agents: no agent is named " + name
                + " and the entry has neither path nor command; " + Nearest.to(name, known));
    }
}
