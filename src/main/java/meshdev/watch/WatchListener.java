package meshdev.watch;

import java.time.Instant;
import java.util.List;

/** Told on the watcher's thread; must return at once, so an implementation only posts. */
public interface WatchListener {
    /**
     * Watched files differ from what was last delivered.
     *
     * @param changes sorted by path; {@link Change#logOnly()} ones too
     * @param seenAt  when the first hint of them arrived, by the watcher's clock
     */
    void filesChanged(List<Change> changes, Instant seenAt);

    void notice(WatchNotice notice);
}
