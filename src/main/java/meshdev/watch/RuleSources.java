package meshdev.watch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import meshdev.config.Meshwatch;
import meshdev.config.Sourced;

/**
 * All that watch rules are made from. Paths are absolute and normalised, links not resolved.
 *
 * @param root         the project root
 * @param extensions   {@code MCP_MESH_WATCH_EXTENSIONS}, each with the leading dot; empty when unset
 * @param startFolders folders named on the command line (or the default one), and the folders of started folder agents
 * @param startFiles   files named on the command line: watched whatever the rules say
 * @param configuration files that settings are read from, wherever they are; they need not exist
 * @param ownPaths     files and folders mesh-dev itself writes; never watched
 * @param normalised   whether names that differ only in Unicode composition are one name: true on macOS
 */
public record RuleSources(
        Path root,
        Meshwatch meshwatch,
        Optional<Sourced<List<String>>> extensions,
        List<Path> startFolders,
        List<Path> startFiles,
        List<Path> configuration,
        List<Path> ownPaths,
        boolean normalised) {

    public RuleSources {
        startFolders = List.copyOf(startFolders);
        startFiles = List.copyOf(startFiles);
        configuration = List.copyOf(configuration);
        ownPaths = List.copyOf(ownPaths);
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + root);
        }
    }
}
