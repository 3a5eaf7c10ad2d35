package meshdev.registry;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.RegistryVariables;

/**
 * The registry program's database: what MCP Mesh's variables say, as the program wants it.
 *
 * @param url  its {@code DATABASE_URL}; may hold a password
 * @param file the file, when it is one; its folder has to exist before the program starts
 */
public record Database(String url, Optional<Path> file) {
    /** Where {@code meshctl} has it too, so that either carries on with the other's. */
    private static final String USUAL_NAME = "mcp_mesh_registry";
    private static final int USUAL_PORT = 8_000;
    private static final String IN_MEMORY = ":memory:";
    private static final String SQLITE = "sqlite:";
    private static final List<String> POSTGRES = List.of("postgres://", "postgresql://");

    /**
     * {@code MCP_MESH_DATABASE_URL} beats {@code MCP_MESH_DB_PATH}, unless {@code MCP_MESH_DB_TYPE} says that it is not the one
     * meant; without any, a file of {@code MCP_MESH_HOME}, one for each port. For a registry that is never started here, what the
     * variables say is its own affair.
     *
     * @param root what relative paths are relative to
     * @param home {@code MCP_MESH_HOME}
     * @throws ConfigException when the program knows no such database; tells no value
     */
    public static Database of(RegistryVariables variables, Path root, Path home) {
        Map<String, String> values = RegistryAddress.of(variables).isStartable() ? variables.values() : Map.of();
        String type = values.getOrDefault(RegistryVariables.DB_TYPE, "").toLowerCase(Locale.ROOT);
        String url = values.getOrDefault(RegistryVariables.DATABASE_URL, "");
        String path = values.getOrDefault(RegistryVariables.DB_PATH, "");
        check(type, url);
        if (!url.isEmpty() && !(isPostgres(url) && type.startsWith("sqlite"))) {
            return isPostgres(url) ? new Database(url, Optional.empty()) : file(path(url), root, RegistryVariables.DATABASE_URL);
        }
        return path.isEmpty() ? ofFile(home.resolve(usualName(variables.port()))) : file(path, root, RegistryVariables.DB_PATH);
    }

    private static void check(String type, String url) {
        if (!type.isEmpty() && !type.startsWith("sqlite") && !type.startsWith("postgres")) {
            throw new ConfigException(RegistryVariables.DB_TYPE + ": the registry knows no such database; use sqlite or postgres");
        }
        if (type.startsWith("postgres") && !isPostgres(url)) {
            throw new ConfigException(RegistryVariables.DB_TYPE + ": for postgres " + RegistryVariables.DATABASE_URL
                    + " has to be a URL such as postgres://user:password@host/database");
        }
        boolean scheme = url.contains("://") || url.startsWith(SQLITE);
        if (scheme && !isPostgres(url) && !url.startsWith(SQLITE)) {
            throw new ConfigException(RegistryVariables.DATABASE_URL
                    + ": the registry knows no such database; use sqlite:///file.db or postgres://user:password@host/database");
        }
    }

    private static boolean isPostgres(String url) {
        return POSTGRES.stream().anyMatch(url::startsWith);
    }

    /** As usual in such URLs a third slash only ends the empty host: {@code sqlite:////x} is {@code /x}. */
    private static String path(String url) {
        if (!url.startsWith(SQLITE)) {
            return url;
        }
        String rest = url.substring(SQLITE.length());
        String path = rest.startsWith("///") ? rest.substring(3) : rest.startsWith("//") ? rest.substring(2) : rest;
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        return bare.isEmpty() ? IN_MEMORY : bare;
    }

    private static Database file(String path, Path root, String variable) {
        if (path.equals(IN_MEMORY)) {
            return new Database(IN_MEMORY, Optional.empty());
        }
        try {
            return ofFile(root.resolve(path));
        } catch (InvalidPathException e) {
            throw new ConfigException(variable + ": no path; use one such as ./registry.db");
        }
    }

    static Database ofFile(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return new Database(absolute.toString(), Optional.of(absolute));
    }

    private static String usualName(int port) {
        return USUAL_NAME + (port == USUAL_PORT ? "" : "-" + port) + ".db";
    }

    /** What must not be shown of lines that the program prints: it prints its URL. */
    List<String> secrets() {
        int at = url.lastIndexOf('@');
        int scheme = url.indexOf("://");
        int colon = scheme < 0 ? -1 : url.indexOf(':', scheme + 3);
        boolean password = colon > 0 && colon + 1 < at;
        return file.isPresent() || url.equals(IN_MEMORY) ? List.of()
                : password ? List.of(url, url.substring(colon + 1, at)) : List.of(url);
    }

    /** Leaves out what may be secret. */
    @Override
    public String toString() {
        return file.map(path -> "Database[" + path + "]").orElse("Database[***]");
    }
}
