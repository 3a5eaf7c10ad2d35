package meshdev.registry;

import java.time.Instant;

/**
 * What is at the registry's URL.
 *
 * @param url   without user, password and query
 * @param since of the keeper's clock
 */
public record Standing(Kind kind, String url, Instant since) {
    /** Whose registry it is, or why there is none. */
    public enum Kind {
        /** Somebody else's registry, perhaps another mesh-dev's: used, never stopped. */
        EXTERNAL,
        /** The registry program, started by us. */
        PROGRAM,
        /** The registry inside this mesh-dev. */
        EMBEDDED,
        /** Nothing yet, or not any more. */
        NONE,
        /** A program that is no registry has the port. */
        FOREIGN,
        /** Nothing answers, and it is not ours to start. */
        UNREACHABLE;

        /** Whether agents find a registry there. */
        public boolean isRegistry() {
            return this == EXTERNAL || this == PROGRAM || this == EMBEDDED;
        }
    }
}
