package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import meshdev.agent.Agent;
import meshdev.agent.Explanation;
import meshdev.agent.ReloadPlanner;
import meshdev.agent.Skipped;
import meshdev.config.Sourced;
import meshdev.report.Sanitizer;
import meshdev.watch.Decision;
import meshdev.watch.NearestRule;
import meshdev.watch.Rule;
import meshdev.watch.Verdict;
import meshdev.watch.WatchMode;

/** What {@code debug watches} shows, as values that become text or JSON. Asks the same rules and planner as a run. */
final class WatchReport {
    private final Project project;
    private final Caller caller;
    private final Sources sources;
    private final ReloadPlanner planner;

    WatchReport(Project project, Caller caller, Sources sources) {
        this.project = project;
        this.caller = caller;
        this.sources = sources;
        this.planner = project.planner(sources);
    }

    /** The verdict on one file, and which agents a change of it reloads. */
    Map<String, Object> file(Path file) {
        Decision decision = project.rules().decide(file);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", shown(file));
        entry.put("verdict", word(decision.verdict()));
        entry.put("reason", decision.reason());
        List<String> agents = new ArrayList<>();
        if (decision.verdict() == Verdict.RELOAD) {
            planner.affected(file, project.discovery().agents()).forEach(affected -> agents.add(affected.agent().name()));
        }
        entry.put("reloads", agents);
        return entry;
    }

    /** As {@link #file}, with what each agent reloads for, or else what would have made the file reload one. */
    Map<String, Object> explained(Path file) {
        Map<String, Object> entry = file(file);
        if (entry.get("verdict").equals(word(Verdict.RELOAD))) {
            entry.put("agents", Explanation.of(file, project.discovery().agents(), planner, project::watchGlob, this::chain)
                    .stream().map(WatchReport::agent).toList());
        } else {
            NearestRule.to(file, project.rules()).ifPresent(nearest -> entry.put("nearest", nearest(nearest)));
        }
        return entry;
    }

    private List<String> chain(Path file, Agent agent) {
        return sources.chain(file, agent).stream().map(place -> shown(place.file()) + ":" + place.line()).toList();
    }

    private static Map<String, Object> agent(Explanation explanation) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", explanation.agent().name());
        entry.put("reason", explanation.reason());
        entry.put("chain", explanation.chain());
        return entry;
    }

    private static Map<String, Object> nearest(NearestRule nearest) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("pattern", nearest.rule().glob().pattern().value());
        entry.put("origin", nearest.rule().glob().pattern().origin().text());
        entry.put("difference", Sanitizer.escapeName(nearest.difference()));
        return entry;
    }

    /** Everything, with the files that a scan found. */
    Map<String, Object> all(Set<Path> files, WatchMode mode) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", 1);
        all.put("project", project.root().toString());
        all.put("mode", mode(mode));
        all.put("reloadDelay", setting(project.settings().reloadDelay().value().toMillis() + " ms", project.settings().reloadDelay()));
        all.put("hotReload", setting(project.settings().hotReload().value().toString(), project.settings().hotReload()));
        all.put("roots", project.rules().roots().stream().map(this::shown).toList());
        all.put("rules", project.rules().rules().stream().map(WatchReport::rule).toList());
        all.put("builtInExcludes", project.rules().builtInExcludes().stream().map(Sourced::value).toList());
        all.put("agents", project.discovery().agents().stream().map(this::agent).toList());
        all.put("skipped", project.discovery().skipped().stream().map(this::skipped).toList());
        all.put("files", new TreeSet<>(files).stream().filter(this::isSource).map(this::file).toList());
        all.put("warnings", project.warnings());
        return all;
    }

    /** What settings are read from is watched too, but a listing is about what reloads agents. */
    private boolean isSource(Path file) {
        return project.rules().decide(file).verdict() != Verdict.CONFIGURATION;
    }

    /** What a start would do: nothing is watched when hot reload is off. */
    private Map<String, Object> mode(WatchMode mode) {
        Sourced<Boolean> hotReload = project.settings().hotReload();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", hotReload.value() ? mode.kind().name().toLowerCase(Locale.ROOT) : "off");
        entry.put("reason", hotReload.value() ? mode.reason() : "hot reload is off: " + hotReload.origin().text());
        return entry;
    }

    private static Map<String, Object> setting(String value, Sourced<?> sourced) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("value", value);
        entry.put("origin", sourced.origin().text());
        return entry;
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", rule.kind().name().toLowerCase(Locale.ROOT));
        entry.put("pattern", rule.glob().pattern().value());
        entry.put("origin", rule.glob().pattern().origin().text());
        return entry;
    }

    private Map<String, Object> agent(Agent agent) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", agent.name());
        entry.put("file", shown(agent.file()));
        return entry;
    }

    private Map<String, Object> skipped(Skipped skipped) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", shown(skipped.path()));
        entry.put("reason", skipped.reason());
        return entry;
    }

    private String shown(Path file) {
        Path here = caller.workingDirectory();
        String text = file.equals(here) ? "." : file.startsWith(here) ? here.relativize(file).toString() : file.toString();
        return Sanitizer.escapeName(text);
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case RELOAD -> "reload";
            case CONFIGURATION -> "configuration";
            case LOG_ONLY -> "log only";
            case IGNORED -> "not watched";
            case EXCLUDED -> "excluded";
        };
    }
}
