package meshdev.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import meshdev.watch.Change;

/**
 * How long saves go unnoticed: the time from a file's own time stamp to the moment it was seen.
 *
 * @param clock monotonic, as the moments
 * @param wall  as the time stamps
 */
record Noticing(InstantSource clock, InstantSource wall) {
    /** An older stamp is not that of the save: the file was moved here, or its time was set. */
    private static final Duration MOST = Duration.ofSeconds(3);

    /** Of the first change that tells; zero when none does. */
    Duration before(List<Change> changes, Instant seenAt) {
        for (Change change : changes) {
            try {
                Instant seen = wall.instant().minus(Duration.between(seenAt, clock.instant()));
                Duration took = Duration.between(Files.getLastModifiedTime(change.path()).toInstant(), seen);
                return took.isNegative() || took.compareTo(MOST) > 0 ? Duration.ZERO : took;
            } catch (IOException e) {
                continue; // it is gone; another one may tell
            }
        }
        return Duration.ZERO;
    }
}
