package meshdev.imports;

import java.nio.file.Path;

/**
 * One link of the chain from an agent's entry file to a file that it imports.
 *
 * @param file absolute; where the statement is
 * @param line of the statement, from 1
 */
public record ImportedAt(Path file, int line) {
}
