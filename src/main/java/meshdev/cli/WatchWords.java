package meshdev.cli;

import meshdev.report.Sanitizer;
import meshdev.watch.WatchMode;
import meshdev.watch.WatchNotice;

/** Words for what the watcher tells about itself. */
final class WatchWords {
    private WatchWords() {
    }

    static String of(WatchNotice notice) {
        if (notice instanceof WatchNotice.RootMissing missing) {
            return name(missing.folder()) + " is missing; agents keep running, and it is watched again when it is back";
        }
        if (notice instanceof WatchNotice.RootBack back) {
            return name(back.folder()) + " is back and watched again";
        }
        if (notice instanceof WatchNotice.Unreadable unreadable) {
            return name(unreadable.path()) + " can't be read (" + Sanitizer.escapeName(unreadable.reason())
                    + "); changes below it are not seen until it can";
        }
        if (notice instanceof WatchNotice.ModeChanged changed) {
            return (isGood(notice) ? "Events work again. " : "") + "Watch mode: " + of(changed.mode());
        }
        throw new IllegalArgumentException("no words for " + notice);
    }

    /** Whether it is the end of a trouble. */
    static boolean isGood(WatchNotice notice) {
        return notice instanceof WatchNotice.RootBack || notice instanceof WatchNotice.ModeChanged changed
                && changed.mode().kind() == WatchMode.Kind.NATIVE;
    }

    static String of(WatchMode mode) {
        return switch (mode.kind()) {
            case NATIVE -> "native (" + mode.reason() + ")";
            case POLLING -> "polling every " + mode.interval().toMillis() + " ms (" + mode.reason() + ")";
        };
    }

    private static String name(java.nio.file.Path path) {
        return Sanitizer.escapeName(path.toString());
    }
}
