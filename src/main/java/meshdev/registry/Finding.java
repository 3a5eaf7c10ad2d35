package meshdev.registry;

/**
 * What one look at the registry's URL found.
 *
 * @param detail how it showed, for a message
 */
record Finding(Kind kind, String detail) {
    /** What can be there. */
    enum Kind {
        /** A registry; after {@link KeeperEffect.Look#OWN}: the one that was started. */
        REGISTRY,
        /** Nobody listens. */
        NOTHING,
        /** Something that is no registry; after {@link KeeperEffect.Look#OWN}: not the one that was started. */
        FOREIGN,
        /** Something that does not answer in time. */
        SILENT
    }
}
