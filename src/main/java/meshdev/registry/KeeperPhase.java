package meshdev.registry;

/** Where {@link KeeperMachine} is. */
enum KeeperPhase {
    /** Finding out what is there. */
    LOOKING,
    /** A registry of somebody else's is used. */
    USING,
    /** The program runs and does not answer yet. */
    STARTING,
    /** The program runs and answered. */
    RUNNING,
    /** The registry inside mesh-dev is being opened. */
    OPENING,
    /** The registry inside mesh-dev answers. */
    EMBEDDED,
    /** Until the next look. */
    WAITING,
    /** A program that did not answer in time is being ended. */
    ENDING,
    /** The program is being ended for good. */
    STOPPING,
    /** For good. */
    STOPPED
}
