package meshdev.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import meshdev.config.Flags;
import meshdev.report.ColorMode;

/**
 * What the command line of {@code start} or {@code debug watches} said, as far as it is not a {@link Flags setting}.
 *
 * @param paths   agents and folders as given
 * @param config  the file to read instead of the project's {@code .meshwatch}
 * @param noRegistry no registry is looked for or started
 * @param explain files to explain, as given
 */
record Options(List<String> paths, Flags flags, Optional<Path> config, ColorMode color, boolean quiet, boolean verbose,
        boolean noRegistry, List<Path> explain, boolean json) {
    Options {
        paths = List.copyOf(paths);
        explain = List.copyOf(explain);
    }
}
