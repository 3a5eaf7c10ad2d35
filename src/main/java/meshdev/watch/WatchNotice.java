package meshdev.watch;

import java.nio.file.Path;

/** What a user should know about watching itself; each is told once per occurrence. */
public sealed interface WatchNotice {
    /** A folder that was there and is to be watched is gone. */
    record RootMissing(Path folder) implements WatchNotice {
    }

    /** A folder that was missing is there again. */
    record RootBack(Path folder) implements WatchNotice {
    }

    /** A folder or file can't be read; what is below counts as unchanged. */
    record Unreadable(Path path, String reason) implements WatchNotice {
    }

    /** Watching goes on in another way; the mode says why and what to do. */
    record ModeChanged(WatchMode mode) implements WatchNotice {
    }
}
