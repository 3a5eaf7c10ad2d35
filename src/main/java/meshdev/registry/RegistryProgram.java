package meshdev.registry;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import meshdev.process.LaunchSpec;
import meshdev.process.StopRule;

/**
 * The program {@code mcp-mesh-registry} of a project: where it is, and what it has to be told in its own variables.
 *
 * @param root        the project's
 * @param home        {@code MCP_MESH_HOME}
 * @param environment it inherits, {@code PATH} among it
 * @param database    unless it takes over another's
 */
public record RegistryProgram(Path root, Path home, Map<String, String> environment, Database database) {
    static final String FILE = "mcp-mesh-registry";
    /** Its process's; no agent's name has an underscore. */
    static final String NAME = "mcp_mesh_registry";
    private static final String LOG_LEVEL = "MCP_MESH_LOG_LEVEL";

    public RegistryProgram {
        environment = Map.copyOf(environment);
    }

    /** The program in {@code bin} of the project, in the project, or on the {@code PATH}; looked for at each call. */
    Optional<Path> find() {
        List<Path> places = new ArrayList<>(List.of(root.resolve("bin"), root));
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                addPlace(places, folder);
            }
        }
        return places.stream().map(place -> place.resolve(FILE))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    private void addPlace(List<Path> places, String folder) {
        try {
            places.add(root.resolve(folder));
        } catch (InvalidPathException e) {
            return; // no program can be there
        }
    }

    /** How it is run to be found at the address. */
    LaunchSpec spec(Path program, Database on, RegistryAddress address) {
        return new LaunchSpec(NAME, List.of(program.toString()), root, variables(on, address),
                new StopRule("TERM", KeeperMachine.GRACE, true));
    }

    /** A {@code DATABASE_URL} that is inherited is some other program's: ours would make its tables there. */
    private Map<String, String> variables(Database on, RegistryAddress address) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("HOST", hostVariable(address.listenHost()));
        variables.put("PORT", Integer.toString(address.port()));
        variables.put("DATABASE_URL", on.url());
        String level = level(environment.getOrDefault(LOG_LEVEL, ""));
        if (level.isEmpty()) {
            variables.remove(LOG_LEVEL);
        } else {
            variables.put(LOG_LEVEL, level);
        }
        return variables;
    }

    /** The program puts {@code :port} behind it as it is. */
    private static String hostVariable(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** The program ends at a level that it does not know. Its TRACE logs every statement of SQL. */
    private static String level(String said) {
        return switch (said.strip().toUpperCase(Locale.ROOT)) {
            case "TRACE", "DEBUG" -> "DEBUG";
            case "INFO" -> "INFO";
            case "WARN", "WARNING" -> "WARNING";
            case "ERROR" -> "ERROR";
            case "CRITICAL", "FATAL" -> "CRITICAL";
            default -> "";
        };
    }

    /** Leaves out what may be secret. */
    @Override
    public String toString() {
        return "RegistryProgram[" + root + ", " + database + "]";
    }
}
