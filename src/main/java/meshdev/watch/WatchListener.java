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

    /**
     * Events named files that are not watched. Not all of them, and repeats of one file only now and then; none when
     * changes are polled for.
     */
    default void refused(List<Refusal> refusals, Instant seenAt) {
        // most do not care
    }

    void notice(WatchNotice notice);
}
