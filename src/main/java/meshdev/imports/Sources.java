package meshdev.imports;

import java.nio.file.Path;
import java.util.List;

/** Tells source files by their names. */
final class Sources {
    /** In the order in which they are tried. */
    static final List<String> SCRIPT = List.of(".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json");

    private Sources() {
    }

    static boolean isPython(Path file) {
        return file.toString().endsWith(".py");
    }

    static boolean isAny(Path file) {
        return isPython(file) || file.toString().endsWith(".ipynb") || isScript(file);
    }

    /** Whether a program that may import anything may import this. */
    static boolean mayBeImported(Path file, Program.Language language) {
        return switch (language) {
            case PYTHON -> isPython(file);
            case SCRIPT -> isScript(file);
            case UNKNOWN -> isPython(file) || isScript(file);
        };
    }

    /** Whether the file may decide what names in scripts mean. */
    static boolean mapsNames(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && (name.startsWith("tsconfig") || name.startsWith("jsconfig"));
    }

    private static boolean isScript(Path file) {
        String name = file.toString();
        return SCRIPT.stream().anyMatch(name::endsWith);
    }
}
