package meshdev.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import meshdev.agent.Agent;
import meshdev.config.AgentEnvironment;
import meshdev.config.RegistryVariables;
import meshdev.config.Settings;
import meshdev.config.Sourced;

/**
 * What an edit of the configuration changes, in the names of settings and variables; values are never told. Pure.
 *
 * @param restarts the agents whose launch settings changed, each with these settings in words
 * @param applied  settings that hold at once
 * @param fixed    settings that hold from the next start of mesh-dev on
 */
record Differences(Map<String, String> restarts, List<String> applied, List<String> fixed) {
    private static final int MOST_NAMED = 3;

    Differences {
        restarts = Collections.unmodifiableMap(new LinkedHashMap<>(restarts));
        applied = List.copyOf(applied);
        fixed = List.copyOf(fixed);
    }

    /** Between two states of a project; agents that only one of them has are left out. */
    static Differences between(Project before, Project after) {
        Map<String, LaunchSettings> old = LaunchSettings.of(before);
        Map<String, String> restarts = new LinkedHashMap<>();
        List<String> applied = new ArrayList<>(appliedAtOnce(before.settings(), after.settings()));
        LaunchSettings.of(after).forEach((name, settings) -> {
            if (old.containsKey(name)) {
                String words = launch(old.get(name), settings);
                if (!words.isEmpty()) {
                    restarts.put(name, words);
                }
                applied.addAll(policy(old.get(name).agent(), settings.agent()));
            }
        });
        List<String> fixed = new ArrayList<>(fixed(before.settings(), after.settings()));
        if (RegistryVariables.differ(before.dotEnv(), after.dotEnv())) {
            fixed.add("the registry");
        }
        return new Differences(restarts, applied, fixed);
    }

    /** What only a launch can apply; empty when there is nothing. */
    static String launch(LaunchSettings before, LaunchSettings after) {
        List<String> words = new ArrayList<>();
        add(words, "file", before.agent().file(), after.agent().file());
        if (before.agent().file().equals(after.agent().file())) {
            add(words, "command", before.agent().command(), after.agent().command());
        }
        add(words, "cwd", before.agent().workingDirectory(), after.agent().workingDirectory());
        add(words, "stop_signal", before.stopRule().signal(), after.stopRule().signal());
        String variables = variables(before.environment(), after.environment());
        if (!variables.isEmpty()) {
            words.add(variables);
        }
        return String.join(", ", words);
    }

    private static String variables(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> before.containsKey(name) && before.get(name).equals(after.get(name)));
        if (names.equals(new TreeSet<>(List.of(AgentEnvironment.HTTP_PORT)))) {
            return "port";
        }
        List<String> shown = names.stream().limit(MOST_NAMED).toList();
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
    }

    private static List<String> policy(Agent before, Agent after) {
        List<String> words = new ArrayList<>();
        add(words, "stop_timeout of " + after.name(), before.stopTimeout(), after.stopTimeout());
        add(words, "health of " + after.name() + " (from its next launch on)", before.health(), after.health());
        add(words, "watch of " + after.name(), values(before.watch()), values(after.watch()));
        return words;
    }

    private static List<String> values(List<Sourced<String>> globs) {
        return globs.stream().map(Sourced::value).toList();
    }

    private static List<String> appliedAtOnce(Settings before, Settings after) {
        List<String> words = new ArrayList<>();
        add(words, "reload_delay", before.reloadDelay().value(), after.reloadDelay().value());
        add(words, "stop_timeout", before.stopTimeout().map(Sourced::value), after.stopTimeout().map(Sourced::value));
        add(words, "precheck", before.precheck().value(), after.precheck().value());
        add(words, "startup_attempts", before.startupAttempts().value(), after.startupAttempts().value());
        add(words, "startup_window", before.startupWindow().value(), after.startupWindow().value());
        return words;
    }

    /** Home, log level, polling and hot reload are not among them: no file can change those. */
    private static List<String> fixed(Settings before, Settings after) {
        List<String> words = new ArrayList<>();
        add(words, "reload_strategy", before.strategy().value(), after.strategy().value());
        return words;
    }

    private static void add(List<String> words, String name, Object before, Object after) {
        if (!before.equals(after)) {
            words.add(name);
        }
    }
}
