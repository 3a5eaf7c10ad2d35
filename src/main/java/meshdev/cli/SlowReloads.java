package meshdev.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import meshdev.config.Strategy;
import meshdev.python.SlowImport;
import meshdev.supervise.PhaseTime;
import meshdev.supervise.SupervisorEvent;

/** Says what a slow reload spent its time on, and what helps, once its imports are known. Thread-safe. */
final class SlowReloads {
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration WORTH_NAMING = Duration.ofMillis(100);
    private static final int MOST = 5;

    private final Strategy strategy;
    private final Consumer<String> words;
    private final Set<String> unexplained = ConcurrentHashMap.newKeySet();
    /** What agents imported since they were last reloaded. */
    private final Map<String, List<SlowImport>> known = new ConcurrentHashMap<>();

    /** @param words told whole sentences for users */
    SlowReloads(Strategy strategy, Consumer<String> words) {
        this.strategy = strategy;
        this.words = words;
    }

    void heard(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Reloading reloading) {
            known.remove(reloading.agent());
            unexplained.remove(reloading.agent());
        } else if (event instanceof SupervisorEvent.ReloadCompleted reload && ownTime(reload).compareTo(SLOW) > 0) {
            unexplained.add(reload.agent());
            explain(reload.agent());
        }
    }

    /** Without the wait for being registered, which no import can shorten. */
    private static Duration ownTime(SupervisorEvent.ReloadCompleted reload) {
        return reload.phases().stream().filter(phase -> phase.name().equals("registered")).map(PhaseTime::took)
                .reduce(reload.took(), Duration::minus);
    }

    /** @param slowest what the agent's last recorded run imported, slowest first; may be known before or after its reload is told */
    void imported(String agent, List<SlowImport> slowest) {
        known.put(agent, slowest);
        explain(agent);
    }

    private void explain(String agent) {
        List<SlowImport> slowest = known.getOrDefault(agent, List.of());
        if (slowest.isEmpty() || !unexplained.remove(agent)) {
            return;
        }
        String named = slowest.stream().filter(one -> one.took().compareTo(WORTH_NAMING) >= 0).limit(MOST)
                .map(one -> one.module() + " " + one.took().toMillis() + " ms").collect(Collectors.joining(", "));
        if (!named.isEmpty()) {
            words.accept("slowest imports of " + agent + ": " + named + remedy());
        }
    }

    private String remedy() {
        return strategy == Strategy.REFRESH ? "" : "; --strategy refresh imports installed packages before the old process ends";
    }
}
