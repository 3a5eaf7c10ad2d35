package meshdev.watch;

/** What a change of a file leads to. */
public enum Verdict {
    /** The agents it affects are reloaded. */
    RELOAD,
    /** Settings are read again; agents restart whose settings are others then, and nothing reloads for the file itself. */
    CONFIGURATION,
    /** It is logged. */
    LOG_ONLY,
    /** Nothing: no rule names it. */
    IGNORED,
    /** Nothing: a rule forbids it. */
    EXCLUDED;

    /** Whether changes of such a file are delivered at all. */
    public boolean watched() {
        return this == RELOAD || this == CONFIGURATION || this == LOG_ONLY;
    }
}
