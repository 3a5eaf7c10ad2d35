package meshdev.watch;

import java.time.Duration;

/** Tells nothing: the watcher's own scans, at the interval of the mode, see everything. */
final class PollingChangeSource implements ChangeSource {
    private final WatchMode mode;

    PollingChangeSource(Duration interval, String reason) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("not a polling interval: " + interval);
        }
        this.mode = WatchMode.polling(interval, reason);
    }

    @Override
    public void start(Hints hints) {
        // no thread, no descriptor
    }

    @Override
    public void refresh() {
        // scans go by name
    }

    @Override
    public boolean listening() {
        return false;
    }

    @Override
    public WatchMode mode() {
        return mode;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
