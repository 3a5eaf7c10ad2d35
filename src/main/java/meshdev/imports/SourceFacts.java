package meshdev.imports;

import java.nio.file.Path;
import java.util.List;

/**
 * What one source file says about imports, read and not run.
 *
 * @param imports  in the order of the file, at any depth of nesting; those of type checkers only are left out
 * @param prefixes packages of which some module, nobody can tell which, is imported
 * @param paths    what the file adds to the search path in plain sight
 * @param computed what imports by a name, or from a place, that cannot be known by reading
 * @param exports  what {@code from this import *} imports of submodules: a literal {@code __all__}; {@code *} stands for
 *                 an {@code __all__} that is computed; empty when there is none
 * @param broken   whether it could not be parsed, so that all the rest is empty
 */
public record SourceFacts(
        List<Import> imports,
        List<Prefix> prefixes,
        List<PathEntry> paths,
        List<Computed> computed,
        List<String> exports,
        boolean broken) {

    public SourceFacts {
        imports = List.copyOf(imports);
        prefixes = List.copyOf(prefixes);
        paths = List.copyOf(paths);
        computed = List.copyOf(computed);
        exports = List.copyOf(exports);
    }

    /** A file that cannot be read or parsed. */
    public static SourceFacts unreadable() {
        return new SourceFacts(List.of(), List.of(), List.of(), List.of(), List.of(), true);
    }

    /**
     * {@code import MODULE} when names are empty, else {@code from MODULE import NAMES}; a name may be a submodule or an
     * attribute.
     *
     * @param line   from 1
     * @param level  leading dots; 0 is absolute
     * @param module dotted; empty for {@code from . import x}
     * @param names  {@code *} for all
     */
    public record Import(int line, int level, String module, List<String> names) {
        public Import {
            names = List.copyOf(names);
        }
    }

    /** {@code import_module(f"MODULE.{name}")}: {@code level} and {@code module} as in {@link Import}. */
    public record Prefix(int line, int level, String module) {
    }

    /** @param front whether it was put before all others */
    public record PathEntry(int line, Path path, boolean front) {
    }

    /** @param what the call, such as {@code importlib.import_module(name)}, shortened for a message */
    public record Computed(int line, String what) {
    }
}
