package meshdev.python;

import java.nio.file.Path;

/**
 * Why a source does not compile.
 *
 * @param cell    of a notebook, from 1; 0 for other files
 * @param line    of the file or cell, from 1
 * @param column  of the first character that is wrong, from 1; 0 when that is not known
 * @param end     behind the last one on that line; 0 when that is not known
 * @param message such as {@code SyntaxError: invalid syntax}
 * @param text    the line; empty when there is none to show
 */
public record SourceError(Path file, int cell, int line, int column, int end, String message, String text) {
}
