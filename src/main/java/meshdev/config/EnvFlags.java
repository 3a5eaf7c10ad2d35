package meshdev.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Understands {@code --env} and {@code --env-file}; never shows a value. */
final class EnvFlags {
    private static final String FLAG = "--env";

    private EnvFlags() {
    }

    /**
     * The variables of all files, later files winning, and then of all {@code --env}, later ones winning.
     *
     * @param files gets the files that were read
     */
    static Map<String, String> read(Flags flags, Path workingDirectory, List<DotEnv> files) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String file : flags.envFiles()) {
            DotEnv read = DotEnv.read(path(file, workingDirectory), file);
            variables.putAll(read.values());
            files.add(read);
        }
        int number = 0;
        for (String assignment : flags.env()) {
            number++;
            put(variables, assignment, flags.env().size() == 1 ? FLAG : FLAG + " (number " + number + ")");
        }
        return variables;
    }

    private static Path path(String file, Path workingDirectory) {
        if (file.isEmpty() || file.indexOf('\0') >= 0) {
            throw new ConfigException("--env-file: needs the path of a file");
        }
        return workingDirectory.resolve(file);
    }

    private static void put(Map<String, String> variables, String assignment, String place) {
        int separator = assignment.indexOf('=');
        if (separator < 0) {
            throw new ConfigException(place + ": has no =; write KEY=VALUE");
        }
        String name = assignment.substring(0, separator);
        if (!EnvName.isName(name)) {
            throw new ConfigException(place + ": what stands before = is no variable name; write KEY=VALUE");
        }
        String problem = EnvName.problem(name, assignment.substring(separator + 1));
        if (!problem.isEmpty()) {
            throw new ConfigException(place + ": " + problem + "; shorten it or use a file");
        }
        variables.put(name, assignment.substring(separator + 1));
    }
}
