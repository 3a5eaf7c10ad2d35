package meshdev.imports;

import java.nio.file.Path;

/** Finds the files that imports mean, for one language and one search path. Used by one thread. */
interface Resolver {
    Resolved resolve(Path file, SourceFacts facts);

    /** Forgets where names were found, since files came or went. */
    void forget();
}
