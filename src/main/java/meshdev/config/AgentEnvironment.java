package meshdev.config;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Computes the complete environment of each agent. All files are read once, when this is made, so that every respawn of an
 * agent gets exactly what its first start got. Immutable.
 */
public final class AgentEnvironment {
    public static final String AGENT_ID = "MCP_MESH_AGENT_ID";
    public static final String HTTP_PORT = "MCP_MESH_HTTP_PORT";

    private static final String PYTHON_PATH = "PYTHONPATH";

    private final EnvironmentSources sources;
    private final Map<String, String> inherited;
    private final Map<String, String> project;
    private final Map<String, String> flags;
    private final List<String> warnings;

    private AgentEnvironment(EnvironmentSources sources) {
        List<String> said = new ArrayList<>(sources.dotEnv().warnings());
        this.sources = sources;
        this.inherited = inherited(sources, said);
        this.project = project(sources, said);
        this.flags = EnvFlags.read(sources.flags(), sources.workingDirectory(), said).values();
        this.warnings = List.copyOf(said);
    }

    /**
     * Reads {@code env_file} and every {@code --env-file}.
     *
     * @throws ConfigException when one of them cannot be read, or an {@code --env} is malformed
     */
    public static AgentEnvironment load(EnvironmentSources sources) {
        return new AgentEnvironment(sources);
    }

    /** Complete sentences for a user, said once; those of the {@code .env} file among them. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The environment of one agent, in full: nothing else is to be inherited.
     *
     * @param agent its name
     * @param port  its configured port
     * @param own   its own {@code env} of the {@code .meshwatch}
     * @return a new map that prints its names only
     * @throws ConfigException when its own settings name a registry that cannot be one
     */
    public Map<String, String> of(String agent, OptionalInt port, Map<String, String> own) {
        Map<String, String> explicit = new LinkedHashMap<>(project);
        if (port.isPresent()) {
            explicit.put(HTTP_PORT, Integer.toString(port.getAsInt()));
        }
        explicit.putAll(own);
        explicit.putAll(flags);
        Map<String, String> environment = new LinkedHashMap<>(inherited);
        environment.putAll(sources.registry().values());
        environment.putAll(explicit);
        environment.putAll(sources.registry().completed(explicit));
        addDefaults(environment, agent);
        return SecretMap.copyOf(environment);
    }

    /** What is odd when the {@code .meshwatch} gives the only agent a port, and its environment another one. */
    public Optional<String> portConflict(String agent, int port, Map<String, String> own) {
        String said = Integer.toString(port);
        if (!said.equals(flags.getOrDefault(HTTP_PORT, own.getOrDefault(HTTP_PORT, said)))) {
            return Optional.of("the port " + said + " of " + agent + " in .meshwatch is not used: an env that beats it sets "
                    + HTTP_PORT);
        }
        boolean beaten = !said.equals(inherited.getOrDefault(HTTP_PORT, said));
        return beaten ? Optional.of(HTTP_PORT + " of the environment or .env is not used for " + agent
                + ": .meshwatch gives it port " + said) : Optional.empty();
    }

    private void addDefaults(Map<String, String> environment, String agent) {
        if (!environment.containsKey(AGENT_ID)) {
            environment.put(AGENT_ID, AgentId.of(sources.root(), agent));
        }
        environment.putIfAbsent("PYTHONUNBUFFERED", "1");
        if (sources.hotReload()) {
            environment.putIfAbsent("MCP_DEV_MODE", "true");
        }
        String path = environment.getOrDefault(PYTHON_PATH, "");
        environment.put(PYTHON_PATH, withRoot(path, sources.root().toString()));
    }

    /** Appended, so that the user's own entries are found first; never an empty one, which would mean the current folder. */
    private static String withRoot(String path, String root) {
        for (String entry : path.split(File.pathSeparator, -1)) {
            boolean slash = entry.length() > 1 && entry.endsWith("/");
            if (root.equals(slash ? entry.substring(0, entry.length() - 1) : entry)) {
                return path;
            }
        }
        return path.isEmpty() ? root : path + File.pathSeparator + root;
    }

    private static Map<String, String> inherited(EnvironmentSources sources, List<String> warnings) {
        Map<String, String> variables = new LinkedHashMap<>(sources.dotEnv().values());
        variables.putAll(sources.inherited());
        if (!sources.severalAgents()) {
            return variables;
        }
        for (String name : new String[] {AGENT_ID, HTTP_PORT}) {
            if (variables.remove(name) != null) {
                String place = sources.inherited().containsKey(name) ? "the environment" : ".env";
                warnings.add(name + " of " + place + " is not passed on: it would be the same for all agents;"
                        + " set it in the env of one agent in .meshwatch");
            }
        }
        return variables;
    }

    /** What the {@code .meshwatch} says for all agents; a registry named on the command line beats it. */
    private static Map<String, String> project(EnvironmentSources sources, List<String> warnings) {
        Map<String, String> variables = new LinkedHashMap<>(sources.meshwatch().env());
        if (sources.meshwatch().envFile().isPresent()) {
            DotEnv read = envFile(sources.meshwatch().envFile().get(), sources.root());
            variables.putAll(read.values());
            warnings.addAll(read.warnings());
        }
        if (sources.registry().isFromFlag()) {
            variables.remove(RegistryVariables.URL);
            variables.remove(RegistryVariables.HOST);
            variables.remove(RegistryVariables.PORT);
        }
        return variables;
    }

    private static DotEnv envFile(Sourced<String> file, Path root) {
        try {
            return DotEnv.read(root.resolve(file.value()), file.value());
        } catch (InvalidPathException | ConfigException e) {
            String reason = e instanceof ConfigException ? e.getMessage() : "is no path";
            throw new ConfigException(file.origin() + ": env_file: " + reason);
        }
    }
}
