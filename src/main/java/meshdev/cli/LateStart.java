package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import meshdev.process.ClassArchive;
import meshdev.process.Processes;
import meshdev.process.RefusedThread;
import meshdev.report.LogFiles;
import meshdev.report.Narrator;
import meshdev.supervise.Message;
import meshdev.watch.Change;
import meshdev.watch.Refusal;
import meshdev.watch.WatchListener;
import meshdev.watch.WatchNotice;
import meshdev.watch.WatchRules;
import meshdev.watch.Watcher;
import org.slf4j.LoggerFactory;

/**
 * What agents can start without: native access, the watcher, and on the first run the class-data archive that
 * makes the next start faster. Loaded on a thread of its own while the agents start.
 */
final class LateStart implements WatchListener, AgentLaunching.StabilityCheck, AutoCloseable {
    /** The archive takes a second of one core: it waits until agents have started. */
    private static final Duration ARCHIVE_DELAY = Duration.ofSeconds(5);
    private static final long BYTES_PER_MEGABYTE = 1 << 20;

    private final Project project;
    private final Narrator narrator;
    private final LogFiles logs;
    private final InstantSource clock;
    private final Inlet inlet;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Instant since = Instant.now();
    private volatile Optional<Watcher> watcher = Optional.empty();
    private volatile Optional<LiveProject> live = Optional.empty();
    private volatile Optional<ClassArchive> archive = Optional.empty();
    private volatile Optional<ControlPost> post = Optional.empty();

    LateStart(Project project, Narrator narrator, LogFiles logs, InstantSource clock, Inlet inlet) {
        this.project = project;
        this.narrator = narrator;
        this.logs = logs;
        this.clock = clock;
        this.inlet = inlet;
    }

    void begin(RunParts parts) {
        Thread thread = new Thread(null, () -> run(parts), "late-start", 0);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(RunParts parts) {
        try {
            load(parts);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            narrator.error("internal error while loading what agents can start without: " + e
                    + "; agents run on, perhaps without reloads; details are in " + logs.ownFile());
            LoggerFactory.getLogger(LateStart.class).error("late start failed", e);
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            narrator.error("the system refuses the threads that watch files: no save reloads anything; raise the limit with"
                    + " ulimit -u and start again");
        }
    }

    private void load(RunParts parts) {
        if (project.settings().hotReload().value()) {
            watch(parts);
        } else {
            narrator.info("File watching disabled (" + project.settings().hotReload().origin() + ").");
        }
        Processes.loadNativeAccess();
        listen(parts);
        try {
            if (!closing.await(ARCHIVE_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
                makeArchive();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(RunParts parts) {
        LiveProject following = new LiveProject(parts, narrator, inlet, clock);
        live = Optional.of(following);
        following.begin();
        Watcher created = Watcher.create(project.rules(), project.polling(), this, clock, InstantSource.system());
        watcher = Optional.of(created);
        created.baseline().thenRun(() -> narrator.info("File watching enabled. Agents will auto-restart on file changes."));
        created.settledMode().thenAccept(
                mode -> LoggerFactory.getLogger(LateStart.class).info("watch mode: {}", WatchWords.of(mode)));
        created.start(since);
    }

    private void listen(RunParts parts) {
        parts.statistics().agents(project.names());
        ControlPost made = new ControlPost(project, new StatsAnswer(project.root(), parts.statistics(),
                () -> project.settings().standbyMemory().value() * BYTES_PER_MEGABYTE, parts.registry()), narrator, clock);
        post = Optional.of(made);
        if (closing.getCount() > 0) {
            made.open();
        }
    }

    private void makeArchive() {
        String target = System.getProperty("meshdev.archive", "");
        if (!target.isEmpty()) {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            ClassArchive made = new ClassArchive(java, Runtime.version().feature(),
                    Path.of(System.getProperty("meshdev.home")), Path.of(target));
            archive = Optional.of(made);
            LoggerFactory.getLogger(LateStart.class).info("class-data archive {}: {}", target, made.create());
        }
    }

    @Override
    public void filesChanged(List<Change> changes, Instant seenAt) {
        live.orElseThrow().filesChanged(changes, seenAt);
    }

    /** Watches by other rules. */
    void follow(WatchRules rules) {
        watcher.orElseThrow().follow(rules);
    }

    /** An agent has ended for good. */
    void left(String agent) {
        live.ifPresent(project -> project.left(agent));
    }

    @Override
    public void refused(List<Refusal> refusals, Instant seenAt) {
        inlet.post(new Message.FilesRefused(refusals, seenAt));
    }

    @Override
    public void notice(WatchNotice notice) {
        if (WatchWords.isGood(notice)) {
            narrator.info(WatchWords.of(notice));
        } else {
            narrator.warn(WatchWords.of(notice));
        }
    }

    @Override
    public void whenStable(Set<Path> files, Runnable action) {
        watcher.orElseThrow().confirm(files, changes -> {
            if (changes.isEmpty()) {
                action.run();
            }
        });
    }

    @Override
    public void close() {
        closing.countDown();
        post.ifPresent(ControlPost::close);
        archive.ifPresent(ClassArchive::close);
        watcher.ifPresent(Watcher::close);
        live.ifPresent(LiveProject::close);
    }
}
