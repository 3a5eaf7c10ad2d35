package meshdev.imports;

import java.nio.file.Path;

/**
 * One file imports another.
 *
 * @param line of the statement, from 1
 * @param star whether it takes all that the other exports
 */
record Edge(int line, Path target, boolean star) {
}
