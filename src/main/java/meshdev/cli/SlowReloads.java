package meshdev.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import meshdev.config.Strategy;
import meshdev.python.SlowImport;
import meshdev.report.Narrator;
import meshdev.supervise.SupervisorEvent;

/** Says what a slow reload spent its time on, and what helps. */
final class SlowReloads {
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration WORTH_NAMING = Duration.ofMillis(100);
    private static final int MOST = 5;

    private final Successors successors;
    private final Strategy strategy;
    private final Narrator narrator;

    SlowReloads(Successors successors, Strategy strategy, Narrator narrator) {
        this.successors = successors;
        this.strategy = strategy;
        this.narrator = narrator;
    }

    void heard(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.ReloadCompleted reload && reload.took().compareTo(SLOW) > 0) {
            List<SlowImport> slowest = successors.slowest(reload.agent(), MOST).stream()
                    .filter(one -> one.took().compareTo(WORTH_NAMING) >= 0).toList();
            if (!slowest.isEmpty()) {
                narrator.info("slowest imports of " + reload.agent() + ": " + words(slowest) + remedy());
            }
        }
    }

    private static String words(List<SlowImport> slowest) {
        return slowest.stream().map(one -> one.module() + " " + one.took().toMillis() + " ms").collect(Collectors.joining(", "));
    }

    private String remedy() {
        return strategy == Strategy.REFRESH ? "" : "; --strategy refresh imports installed packages before the old process ends";
    }
}
