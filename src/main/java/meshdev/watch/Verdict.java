package meshdev.watch;

/** What a change of a file leads to. */
public enum Verdict {
    /** The agents it affects are reloaded. */
    RELOAD,
    /** It is logged. */
    LOG_ONLY,
    /** Nothing: no rule names it. */
    IGNORED,
    /** Nothing: a rule forbids it. */
    EXCLUDED;

    /** Whether changes of such a file are delivered at all. */
    public boolean watched() {
        return this == RELOAD || this == LOG_ONLY;
    }
}
