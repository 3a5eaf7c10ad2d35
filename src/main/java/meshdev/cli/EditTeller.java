package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meshdev.agent.Agent;
import meshdev.agent.Roster;
import meshdev.config.ProjectRoot;
import meshdev.report.Narrator;
import meshdev.report.Sanitizer;
import meshdev.watch.Rule;

/** Finds the words for edits of the configuration and for agents that come and go. Used by one thread. */
final class EditTeller {
    /** More different faults in a row than anybody makes; then they may be told again. */
    private static final int MOST_REMEMBERED = 100;

    private final Narrator narrator;
    private final Set<String> refused = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private List<String> misfits = List.of();
    private Project current;

    EditTeller(Narrator narrator, Project current) {
        this.narrator = narrator;
        this.current = current;
    }

    /** Settings and agents stay as they were, for this reason; said once until an edit succeeds. */
    void refused(String reason) {
        if (isNew(reason, refused)) {
            (reason + "; until then the last good settings stay in force").lines().map(Sanitizer::plain).forEach(narrator::error);
        }
    }

    /** An agent is not started; said once. */
    void leftOut(String reason) {
        if (isNew(reason, leftOut)) {
            narrator.warn(reason);
        }
    }

    /** These cannot be agents, as things are; each is said once until things are different. */
    void misfits(List<String> reasons) {
        reasons.stream().filter(reason -> !misfits.contains(reason)).forEach(narrator::warn);
        misfits = reasons;
    }

    private static boolean isNew(String text, Set<String> said) {
        if (said.size() >= MOST_REMEMBERED) {
            said.clear();
        }
        return said.add(text);
    }

    /** The project is this one from now on. */
    void applied(Project next, Roster roster, Differences differences, Set<Path> files) {
        refused.clear();
        if (!files.isEmpty()) {
            narrator.info(cause(files) + ": " + summary(next, differences, roster.isSettled()));
        }
        if (!differences.fixed().isEmpty()) {
            narrator.warn(String.join(", ", differences.fixed())
                    + ": holds from the next start of mesh-dev on; restart it to use what " + names(files) + " says now");
        }
        next.warnings().stream().filter(warning -> !current.warnings().contains(warning)).forEach(narrator::warn);
        List<Agent> before = current.discovery().agents();
        current = next;
        tellRoster(roster, before);
    }

    /** Why something is done, in words. */
    String cause(Set<Path> files) {
        return files.isEmpty() ? "another set of agents" : names(files) + " changed";
    }

    private String names(Set<Path> files) {
        return files.stream().map(this::shown).collect(Collectors.joining(", "));
    }

    private String shown(Path file) {
        return Sanitizer.escapeName(file.startsWith(current.root()) ? current.root().relativize(file).toString()
                : ProjectRoot.displayName(file, current.basis().caller().workingDirectory()));
    }

    private String summary(Project next, Differences differences, boolean settled) {
        List<String> words = new ArrayList<>();
        if (!patterns(next).equals(patterns(current))) {
            words.add(next.rules().rules().size() + " rules");
        }
        words.addAll(differences.applied());
        Set<String> restarts = differences.restarts().keySet();
        if (!restarts.isEmpty()) {
            words.add("other settings for " + String.join(", ", restarts));
        }
        return !words.isEmpty() ? String.join(", ", words) : settled ? "nothing is different for the agents" : "other agents";
    }

    /** By their texts: a rule that only moved to another line is the same one to a user. */
    private static List<String> patterns(Project project) {
        return project.rules().rules().stream().map(EditTeller::text).toList();
    }

    private static String text(Rule rule) {
        return rule.kind() + " " + rule.base() + " " + rule.glob().pattern().value();
    }

    private void tellRoster(Roster roster, List<Agent> before) {
        Set<String> replaced = roster.arriving().values().stream().flatMap(Optional::stream).collect(Collectors.toSet());
        for (Agent agent : before) {
            if (roster.leaving().contains(agent.name()) && !replaced.contains(agent.name())) {
                narrator.info(agent.name() + " is no agent any more and is stopped");
            }
        }
        for (Agent agent : roster.agents()) {
            if (roster.arriving().containsKey(agent.name())) {
                narrator.info(roster.arriving().get(agent.name())
                        .map(old -> old + " is renamed: " + agent.name() + " (" + shown(agent.file()) + ") takes its place")
                        .orElseGet(() -> "New agent: " + agent.name() + " (" + shown(agent.file()) + ")"));
            }
        }
    }
}
