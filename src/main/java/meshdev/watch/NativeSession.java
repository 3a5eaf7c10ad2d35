package meshdev.watch;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * One life of the library's watcher, from registering every folder that matters to its end. The only class that names
 * classes of the library. Except for {@link #close}, used by the thread that calls {@link #run}.
 */
final class NativeSession implements DirectoryChangeListener {
    private static final Logger log = LoggerFactory.getLogger(NativeSession.class);

    private final ChangeSource.Hints hints;
    private final NativeFolders folders;
    private final Runnable onListening;
    private volatile Closeable running = () -> { };
    private volatile boolean ended;
    private Optional<Throwable> failure = Optional.empty();

    /** @param onListening called when every folder is registered: what changes from then on becomes an event */
    NativeSession(WatchRules rules, ChangeSource.Hints hints, Runnable onListening) {
        this.hints = hints;
        this.onListening = onListening;
        this.folders = new NativeFolders(rules);
    }

    /** The operating system refuses; the message says what is needed and how to get it. */
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1L;

        Impossible(String message) {
            super(message);
        }
    }

    /**
     * Watches until closed, until events were lost, or until nothing is left to watch.
     *
     * @throws Impossible when a limit of the system is reached
     */
    void run() throws Impossible {
        List<Path> roots = folders.resolveRoots();
        if (!roots.isEmpty()) {
            try {
                watch(roots);
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
                fail(broken);
            }
        }
        Optional<String> refusal = failure.flatMap(NativeSession::refusal);
        if (refusal.isPresent()) {
            throw new Impossible(InotifyLimits.explain(refusal.get(), folders.count()));
        }
    }

    private void watch(List<Path> roots) throws IOException {
        DirectoryWatcher watcher = DirectoryWatcher.builder().paths(roots).listener(this).fileHashing(false)
                .fileTreeVisitor(this::visit).logger(NOPLogger.NOP_LOGGER).build();
        running = watcher::close;
        if (ended) {
            close();
            return;
        }
        watcher.watchAsync(loop -> {
            onListening.run();
            loop.run();
        }).join();
    }

    private void visit(Path folder, FileTreeVisitor.Callback onFolder, FileTreeVisitor.Callback onFile)
            throws IOException {
        folders.visit(folder, real -> {
            if (ended) {
                throw new IOException("closed");
            }
            onFolder.call(real);
        });
    }

    @Override
    public void onEvent(DirectoryChangeEvent event) {
        boolean matters = switch (event.eventType()) {
            case OVERFLOW -> true;
            case MODIFY -> folders.matters(event.path());
            case CREATE, DELETE -> folders.matters(event.path())
                    || folders.mayBeFolder(event.path(), event.isDirectory());
        };
        if (matters && event.path() != null) {
            hints.changed(folders.asUserKnows(event.path()));
        } else if (matters) {
            hints.changed();
        } else if (event.path() != null && !event.isDirectory()) {
            hints.refused(folders.asUserKnows(event.path()));
        }
    }

    /** An overflow arrives here as well; new folders may have gone unnoticed, so everything is registered again. */
    @Override
    public void onException(Exception lost) {
        hints.changed();
        fail(lost);
        ended = true;
    }

    @Override
    public boolean isWatching() {
        return !ended;
    }

    /** What ended it, when it was not closed. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** May wait for a thread of the JDK, without limit when that is dead. */
    void close() {
        ended = true;
        try {
            running.close();
        } catch (IOException | RuntimeException alreadyClosed) {
            log.debug("closing native watching", alreadyClosed);
        }
    }

    private void fail(Throwable broken) {
        if (!ended) {
            failure = failure.or(() -> Optional.of(broken));
            log.debug("events were lost, or native watching broke off; everything is registered again", broken);
        }
    }

    private static Optional<String> refusal(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, one -> one.map(Throwable::getCause))
                .flatMap(Optional::stream).map(one -> String.valueOf(one.getMessage()))
                .filter(InotifyLimits::isRefusal).map(text -> text.substring(text.lastIndexOf(": ") + 1).strip())
                .findFirst();
    }
}
