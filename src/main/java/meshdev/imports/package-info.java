/**
 * Owns the import graph: what each source file imports, which file that is, and so which files each agent is made of.
 *
 * <p>Never starts processes, and never looks at clocks; what a file says is read by whoever is handed in.
 *
 * <p>Start reading at {@link meshdev.imports.SourceFacts}.
 */
package meshdev.imports;
