package meshdev.registry;

import java.time.Duration;

/** How often the URL is looked at. Where a take-over depends on it, that is every second and cheap; else it is rare. */
final class Patience {
    private static final Duration LOCAL_WATCH = Duration.ofSeconds(1);
    private static final Duration REMOTE_WATCH = Duration.ofSeconds(30);
    /** Whoever keeps a registry has it back by then. */
    private static final Duration LOCAL_DOUBT = Duration.ofMillis(400);
    private static final Duration REMOTE_DOUBT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_REMOTE_PAUSE = Duration.ofSeconds(60);

    private final boolean startable;
    private Duration pause = PAUSE;
    private boolean told;

    Patience(boolean startable) {
        this.startable = startable;
    }

    boolean isStartable() {
        return startable;
    }

    /** How long a registry that answered is not looked at. */
    Duration watch() {
        return startable ? LOCAL_WATCH : REMOTE_WATCH;
    }

    /** How long a registry that did not answer may take to be back. */
    Duration doubt() {
        return startable ? LOCAL_DOUBT : REMOTE_DOUBT;
    }

    /** Whether this means that a registry which was used is gone. One that is only slow can't be replaced: it has the port. */
    boolean isGone(Finding finding) {
        return startable ? finding.kind() == Finding.Kind.NOTHING : finding.kind() != Finding.Kind.REGISTRY;
    }

    /** How long to wait where no registry is and none can be started: 5 s, for a remote one doubling up to 60 s. */
    Duration next() {
        Duration now = pause;
        Duration doubled = pause.multipliedBy(2);
        pause = startable ? PAUSE : doubled.compareTo(LONGEST_REMOTE_PAUSE) < 0 ? doubled : LONGEST_REMOTE_PAUSE;
        return now;
    }

    /** Whether it was not told yet that there is none. */
    boolean isNew() {
        boolean news = !told;
        told = true;
        return news;
    }

    /** A registry is there. */
    void succeeded() {
        told = false;
        pause = PAUSE;
    }
}
