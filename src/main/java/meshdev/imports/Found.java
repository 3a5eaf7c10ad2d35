package meshdev.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a name means to Python.
 *
 * @param file    its source; empty for what has none: a namespace, an extension module, what was not found
 * @param folders where its submodules are looked for; empty when it can have none
 * @param probe   where it was looked for
 */
record Found(Optional<Path> file, List<Path> folders, Probe probe) {
}
