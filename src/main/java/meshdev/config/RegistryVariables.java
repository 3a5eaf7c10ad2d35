package meshdev.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the registry is and what database it has, captured once at start so that every respawn of an agent gets the same.
 *
 * @param url    may hold a user and password: show {@link #displayUrl()} instead
 * @param host   of the URL, without the brackets of an IPv6 address
 * @param port   of the URL, 1-65535
 * @param values the variables for agents; URL, host and port agree with each other; prints its names only
 */
public record RegistryVariables(Sourced<String> url, String host, int port, Map<String, String> values) {
    public static final String URL = "MCP_MESH_REGISTRY_URL";
    public static final String HOST = "MCP_MESH_REGISTRY_HOST";
    public static final String PORT = "MCP_MESH_REGISTRY_PORT";
    public static final String DB_TYPE = "MCP_MESH_DB_TYPE";
    public static final String DB_PATH = "MCP_MESH_DB_PATH";
    public static final String DATABASE_URL = "MCP_MESH_DATABASE_URL";

    private static final String FLAG = "--registry-url";
    private static final String DEFAULT_HOST = "localhost";
    private static final int DEFAULT_PORT = 8_000;

    public RegistryVariables {
        values = SecretMap.copyOf(values);
    }

    /**
     * Flag over environment over {@code .env}; in each, the URL over host and port. A URL of the {@code .env} file gives way
     * to a host or port of the environment.
     *
     * @throws ConfigException when a URL, host or port is wrong; user and password are masked
     */
    public static RegistryVariables capture(Flags flags, Map<String, String> environment, DotEnv dotEnv) {
        Map<String, String> said = new LinkedHashMap<>();
        addSet(said, dotEnv.values());
        if (isSet(environment, HOST) || isSet(environment, PORT)) {
            said.remove(URL);
        }
        addSet(said, environment);
        Sourced<HttpUrl> location = location(flags.registryUrl(), said);
        Map<String, String> values = new LinkedHashMap<>();
        putLocation(values, location.value());
        for (String name : new String[] {DB_TYPE, DB_PATH, DATABASE_URL}) {
            if (said.containsKey(name)) {
                values.put(name, said.get(name));
            }
        }
        HttpUrl url = location.value();
        return new RegistryVariables(new Sourced<>(url.text(), location.origin()), url.host(), url.port(), values);
    }

    /** The variables of a later {@code .env}, but for the registry's: those stay as they were. */
    public static DotEnv pinned(DotEnv now, DotEnv atStart) {
        Map<String, String> values = new LinkedHashMap<>(now.values());
        for (String name : new String[] {URL, HOST, PORT, DB_TYPE, DB_PATH, DATABASE_URL}) {
            values.remove(name);
            if (atStart.values().containsKey(name)) {
                values.put(name, atStart.values().get(name));
            }
        }
        return new DotEnv(values, now.faults(), now.notes());
    }

    /** Whether two {@code .env} say different things of the registry. */
    public static boolean differ(DotEnv one, DotEnv other) {
        return !pinned(one, other).values().equals(one.values());
    }

    private static void addSet(Map<String, String> said, Map<String, String> variables) {
        for (String name : new String[] {URL, HOST, PORT, DB_TYPE, DB_PATH, DATABASE_URL}) {
            if (isSet(variables, name)) {
                said.put(name, variables.get(name).strip());
            }
        }
    }

    private static boolean isSet(Map<String, String> variables, String name) {
        return !variables.getOrDefault(name, "").isBlank();
    }

    private static Sourced<HttpUrl> location(Optional<String> flag, Map<String, String> said) {
        if (flag.isPresent()) {
            return new Sourced<>(url(flag.get().strip(), FLAG), Origin.flag(FLAG));
        }
        if (said.containsKey(URL)) {
            return new Sourced<>(url(said.get(URL), URL), Origin.variable(URL));
        }
        String host = host(said.getOrDefault(HOST, DEFAULT_HOST));
        int port = said.containsKey(PORT) ? port(said.get(PORT)) : DEFAULT_PORT;
        Origin origin = said.containsKey(HOST) ? Origin.variable(HOST)
                : said.containsKey(PORT) ? Origin.variable(PORT) : Origin.BUILT_IN;
        return new Sourced<>(HttpUrl.of(host, port), origin);
    }

    private static HttpUrl url(String text, String place) {
        return HttpUrl.parse(text).orElseThrow(() -> new Said(HttpUrl.masked(text), place)
                .refuse("is no registry address; use a URL such as http://localhost:8000"));
    }

    private static String host(String text) {
        String bare = text.indexOf(':') >= 0 && !text.startsWith("[") ? "[" + text + "]" : text;
        if (!HttpUrl.isHost(bare)) {
            throw new Said(HttpUrl.masked(text), HOST)
                    .refuse("is no host name; use one such as localhost, and " + URL + " for a whole URL");
        }
        return HttpUrl.withoutBrackets(bare);
    }

    private static int port(String text) {
        int port = HttpUrl.port(text);
        if (port < 0) {
            throw new Said(HttpUrl.masked(text), PORT).refuse("is no port; use a number from 1 to 65535");
        }
        return port;
    }

    private static void putLocation(Map<String, String> values, HttpUrl url) {
        values.put(URL, url.text());
        values.put(HOST, url.host());
        values.put(PORT, Integer.toString(url.port()));
    }

    /** The URL without user, password and query. */
    public String displayUrl() {
        return HttpUrl.masked(url.value());
    }

    /** Whether the command line named the registry. */
    boolean isFromFlag() {
        return url.origin().equals(Origin.flag(FLAG));
    }

    /**
     * URL, host and port of one agent whose own settings name some of them: the URL beats the others, what is missing
     * comes from here. Empty when the settings name none.
     */
    Map<String, String> completed(Map<String, String> own) {
        boolean none = !isSet(own, URL) && !isSet(own, HOST) && !isSet(own, PORT);
        if (none) {
            return Map.of();
        }
        Map<String, String> said = new LinkedHashMap<>();
        said.put(HOST, host);
        said.put(PORT, Integer.toString(port));
        addSet(said, own);
        Map<String, String> complete = new LinkedHashMap<>();
        putLocation(complete, location(Optional.empty(), said).value());
        return complete;
    }

    @Override
    public String toString() {
        return "RegistryVariables[" + displayUrl() + ", " + url.origin() + "]";
    }
}
