package meshdev.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meshdev.config.Sourced;

/** What editors and tools leave behind, and mesh-dev's own files: excluded unless an include names the file. */
final class Droppings {
    /** How mkstemp fills six places; a question mark would take {@code sed_ab.py} for a leftover of sed. */
    private static final String SIX_RANDOM = "[A-Za-z0-9]".repeat(6);
    private static final List<String> FILES = List.of(
            ".#*", "#*#", "*~", ".*~", "{*,.*}.sw[opx]", "4913", "{*,.*}___jb_{tmp,old}___", "{*,.*}.vsctmp",
            "{*,.*}.tmp", "sed" + SIX_RANDOM, ".*." + SIX_RANDOM, ".goutputstream-*", ".nfs*", ".DS_Store");
    private static final List<String> FOLDERS = List.of(
            "__pycache__", ".git", ".hg", ".svn", "node_modules", ".venv", "venv", ".mypy_cache", ".pytest_cache",
            ".idea", ".vscode");

    private final List<Rule> files = new ArrayList<>();
    private final Map<String, Decision> folders = new HashMap<>();
    private final List<Path> ownPaths;

    Droppings(List<Path> ownPaths) {
        Path anywhere = Path.of("/");
        for (String name : FILES) {
            Glob glob = Glob.parse(Sourced.builtIn(name), anywhere, Glob.Use.REJECT, false);
            files.add(Rule.of(Rule.Kind.EXCLUDE, anywhere, glob));
        }
        for (String name : FOLDERS) {
            folders.put(name, Decision.by(Verdict.EXCLUDED, "excluded by", Sourced.builtIn(name + "/")));
        }
        this.ownPaths = List.copyOf(ownPaths);
    }

    /** The verdict on a file; {@code below} is its path from the folder that was named by a user. */
    Optional<Decision> file(Path path, String below) {
        int name = below.lastIndexOf('/') + 1;
        Optional<Decision> folder = folder(path, below.substring(0, name));
        return folder.isPresent() ? folder : byName(below.substring(name));
    }

    /** The verdict on everything below a folder. */
    Optional<Decision> folder(Path path, String below) {
        for (Path own : ownPaths) {
            if (path.startsWith(own)) {
                return Optional.of(Decision.by(Verdict.EXCLUDED, "mesh-dev's own files are in",
                        Sourced.builtIn(own.toString())));
            }
        }
        for (int begin = 0, end; begin < below.length(); begin = end + 1) {
            int slash = below.indexOf('/', begin);
            end = slash < 0 ? below.length() : slash;
            Decision decision = folders.get(below.substring(begin, end));
            if (decision != null) {
                return Optional.of(decision);
            }
        }
        return Optional.empty();
    }

    private Optional<Decision> byName(String name) {
        for (Rule rule : files) {
            if (rule.glob().matches(name)) {
                return Optional.of(rule.decision());
            }
        }
        return Optional.empty();
    }

    /** The patterns, folders with a trailing slash, for a listing. */
    List<Sourced<String>> patterns() {
        List<Sourced<String>> all = new ArrayList<>();
        files.forEach(rule -> all.add(rule.glob().pattern()));
        FOLDERS.forEach(name -> all.add(Sourced.builtIn(name + "/")));
        ownPaths.forEach(own -> all.add(Sourced.builtIn(own.toString())));
        return List.copyOf(all);
    }
}
