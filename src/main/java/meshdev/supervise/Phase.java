package meshdev.supervise;

/** What an agent is doing now; what it should be doing is the machine's {@code wanted}. */
public enum Phase {
    /** Launched, not ready yet. */
    STARTING,
    READY,
    /** A reload is being prepared; the old process serves, if there is one. */
    PREPARING,
    /** Asked to end; the group is not gone yet. */
    STOPPING,
    /** Nothing runs; a deadline or a change will launch it. */
    WAITING,
    /** The circuit breaker is open: only a change launches it. */
    TRIPPED,
    /** Ended by itself with exit code 0: only a change launches it. */
    FINISHED,
    /** Nothing runs and nothing will. */
    STOPPED
}
