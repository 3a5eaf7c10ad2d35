package meshdev.config;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    /** The host that an agent tells the registry. Unsaid, agents tell that of a network interface. */
    private static final String HTTP_HOST = "MCP_MESH_HTTP_HOST";
    /** Seconds between two heartbeats. */
    private static final String HEALTH_INTERVAL = "MCP_MESH_HEALTH_INTERVAL";
    /** Where the agent's state is kept. */
    public static final String STATE_DIR = "MCP_MESH_STATE_DIR";
    /** Whether the agent's state is to be kept. */
    public static final String PRESERVE_STATE = Variables.PRESERVE_STATE;
    /** How often the agent was reloaded. */
    public static final String RELOAD_COUNT = "MCP_MESH_RELOAD_COUNT";
    /** The files whose change reloaded it. */
    public static final String RELOAD_REASON = "MCP_MESH_RELOAD_REASON";
    /** The process it replaces. */
    public static final String PREVIOUS_PID = "MCP_MESH_PREVIOUS_PID";

    /** Every process below a mesh-dev has it, so what else it inherits is meant for an agent and for nothing that it runs. */
    private static final String BELOW_MESH_DEV = "MESH_DEV_AGENT";

    private static final String PYTHON_PATH = "PYTHONPATH";

    private final EnvironmentSources sources;
    private final Map<String, String> inherited;
    private final Map<String, String> project;
    private final Map<String, String> flags;
    private final List<String> warnings;
    private final List<DotEnv> files;

    private AgentEnvironment(EnvironmentSources sources, Map<String, String> project, Map<String, String> flags, List<DotEnv> files) {
        List<String> said = new ArrayList<>();
        this.sources = sources;
        this.inherited = inherited(sources, said);
        this.project = project;
        this.flags = flags;
        this.files = files;
        files.forEach(file -> said.addAll(file.warnings()));
        this.warnings = List.copyOf(said);
    }

    /**
     * Reads {@code env_file} and every {@code --env-file}.
     *
     * @throws ConfigException when one of them cannot be read, or an {@code --env} is malformed
     */
    public static AgentEnvironment load(EnvironmentSources sources) {
        List<DotEnv> files = new ArrayList<>();
        files.add(sources.dotEnv());
        Map<String, String> project = project(sources, files);
        Map<String, String> flags = SecretMap.copyOf(EnvFlags.read(sources.flags(), sources.workingDirectory(), files));
        return new AgentEnvironment(sources, project, flags, List.copyOf(files));
    }

    /** For other agents: the files are not read again. */
    public AgentEnvironment severalAgents(boolean several) {
        return new AgentEnvironment(sources.severalAgents(several), project, flags, files);
    }

    /** Complete sentences for a user, said once; those of the {@code .env} file among them. */
    public List<String> warnings() {
        return warnings;
    }

    /** @throws ConfigException for a faulty line of a file that was not as faulty before: a variable that is there would be lost */
    public void refuseNewFaults(AgentEnvironment before) {
        List<DotEnv.Fault> known = new ArrayList<>(before.faults());
        for (DotEnv.Fault fault : faults()) {
            DotEnv.Fault same = known.stream().filter(fault::isSame).findFirst()
                    .orElseThrow(() -> new ConfigException(fault + "; mend the line"));
            known.remove(same);
        }
    }

    private List<DotEnv.Fault> faults() {
        return files.stream().flatMap(file -> file.faults().stream()).toList();
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
        sources.states().ifPresent(states -> environment.put(PRESERVE_STATE, "true"));
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
        if (Loopback.isHost(environment.get(RegistryVariables.HOST).toLowerCase(Locale.ROOT))) {
            environment.putIfAbsent(HTTP_HOST, "127.0.0.1");
            addHeartbeats(environment);
        }
        environment.putIfAbsent("PYTHONUNBUFFERED", "1");
        if (sources.hotReload()) {
            environment.putIfAbsent("MCP_DEV_MODE", "true");
        }
        sources.states().ifPresent(states -> environment.putIfAbsent(STATE_DIR, states.resolve(agent).toString()));
        String path = with(environment.getOrDefault(PYTHON_PATH, ""), sources.root().toString());
        String library = sources.library().toString();
        environment.put(PYTHON_PATH, library.contains(File.pathSeparator) ? path : with(path, library));
    }

    /** Consumers learn at a heartbeat that a provider is back: usually every 5 s, which is longer than a reload. */
    private void addHeartbeats(Map<String, String> environment) {
        if (sources.hotReload()) {
            environment.putIfAbsent(HEALTH_INTERVAL, "1");
        }
    }

    /** Appended, so that the user's own entries are found first; never an empty one, which would mean the current folder. */
    private static String with(String path, String folder) {
        for (String entry : path.split(File.pathSeparator, -1)) {
            boolean slash = entry.length() > 1 && entry.endsWith("/");
            if (folder.equals(slash ? entry.substring(0, entry.length() - 1) : entry)) {
                return path;
            }
        }
        return path.isEmpty() ? folder : path + File.pathSeparator + folder;
    }

    private static Map<String, String> inherited(EnvironmentSources sources, List<String> warnings) {
        Map<String, String> own = notFromOuterRun(sources.inherited());
        Map<String, String> variables = new LinkedHashMap<>(sources.dotEnv().values());
        variables.putAll(own);
        if (!sources.severalAgents()) {
            return variables;
        }
        for (String name : new String[] {AGENT_ID, HTTP_PORT, STATE_DIR}) {
            if (variables.remove(name) != null) {
                String place = own.containsKey(name) ? "the environment" : ".env";
                warnings.add(name + " of " + place + " is not passed on: it would be the same for all agents;"
                        + " set it in the env of one agent in .meshwatch");
            }
        }
        return variables;
    }

    /** Without what a mesh-dev that this one runs below said to its own agent about that agent. */
    private static Map<String, String> notFromOuterRun(Map<String, String> inherited) {
        Map<String, String> own = new LinkedHashMap<>(inherited);
        own.keySet().removeAll(List.of(RELOAD_COUNT, RELOAD_REASON, PREVIOUS_PID));
        if (own.containsKey(BELOW_MESH_DEV)) {
            own.remove(STATE_DIR);
        }
        return own;
    }

    /** What the {@code .meshwatch} says for all agents; a registry named on the command line beats it. */
    private static Map<String, String> project(EnvironmentSources sources, List<DotEnv> files) {
        Map<String, String> variables = new LinkedHashMap<>(sources.meshwatch().env());
        if (sources.meshwatch().envFile().isPresent()) {
            DotEnv read = envFile(sources.meshwatch().envFile().get(), sources.root());
            variables.putAll(read.values());
            files.add(read);
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
