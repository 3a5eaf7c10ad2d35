package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meshdev.control.Json;
import meshdev.watch.Change;
import meshdev.watch.WatchListener;
import meshdev.watch.WatchMode;
import meshdev.watch.WatchNotice;
import meshdev.watch.Watcher;

/** {@code mesh-dev debug watches}: what is watched, by which rule, how, and whom it reloads. Starts nothing. */
final class DebugWatchesCommand {
    private static final Duration SCAN_LIMIT = Duration.ofSeconds(60);
    /** How long native events get to begin, or to turn out not to work here. */
    private static final Duration MODE_LIMIT = Duration.ofSeconds(10);
    private static final Watcher.Polling OFF = new Watcher.Polling(Duration.ofMinutes(1), "off");

    private final Options options;
    private final Caller caller;

    DebugWatchesCommand(Options options, Caller caller) {
        this.options = options;
        this.caller = caller;
    }

    /** Returns the exit code. */
    int run() throws InterruptedException {
        Project project = Project.load(options, caller);
        try (Sources sources = new Sources(project, caller, trouble -> System.err.println("mesh-dev: " + trouble))) {
            sources.begin();
            return show(project, new WatchReport(project, caller, sources), sources);
        }
    }

    private int show(Project project, WatchReport report, Sources sources) throws InterruptedException {
        try {
            if (!options.explain().isEmpty()) {
                sources.settled().get(SCAN_LIMIT.toSeconds(), TimeUnit.SECONDS);
                explain(report);
                return ExitCode.DONE;
            }
            Map<String, Object> all = scan(project, report, sources);
            System.out.print(options.json() ? Json.of(all) : WatchReportText.of(all));
            return ExitCode.DONE;
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("mesh-dev: the project could not be scanned, or its imports read, within " + SCAN_LIMIT.toSeconds() + " s");
            return ExitCode.FAILED;
        }
    }

    private void explain(WatchReport report) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Path file : options.explain()) {
            answers.add(report.explained(caller.workingDirectory().resolve(file).normalize()));
        }
        if (options.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("version", 1);
            all.put("files", answers);
            System.out.print(Json.of(all));
        } else {
            answers.forEach(answer -> System.out.print(WatchReportText.explained(answer)));
        }
    }

    private Map<String, Object> scan(Project project, WatchReport report, Sources sources)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean off = !project.settings().hotReload().value();
        try (Watcher watcher = Watcher.create(project.rules(), off ? Optional.of(OFF) : project.polling(), new Silent(),
                new MonotonicClock(), InstantSource.system())) {
            watcher.start(Instant.now());
            watcher.baseline().get(SCAN_LIMIT.toSeconds(), TimeUnit.SECONDS);
            WatchMode mode = watcher.settledMode().completeOnTimeout(watcher.mode(), MODE_LIMIT.toSeconds(), TimeUnit.SECONDS).get();
            sources.settled().get(SCAN_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return report.all(watcher.snapshot().paths(), mode);
        }
    }

    /** A listing shows the moment of its scan; its mode is asked for. */
    private static final class Silent implements WatchListener {
        @Override
        public void filesChanged(List<Change> changes, Instant seenAt) {
            // as the class says
        }

        @Override
        public void notice(WatchNotice notice) {
            // as the class says
        }
    }
}
