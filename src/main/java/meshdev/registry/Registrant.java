package meshdev.registry;

import java.util.regex.Pattern;

/**
 * An agent of ours as registries know it.
 *
 * @param id   its {@code MCP_MESH_AGENT_ID}
 * @param name what ids begin with that agents make for themselves: {@code <name>-<8 hexadecimal digits>}, new at every start
 * @param port it listens on
 */
public record Registrant(String id, String name, int port) {
    private static final Pattern OWN_ENDING = Pattern.compile("-[0-9a-f]{8}");

    boolean hasOwn(RegistryRow row) {
        return row.id().startsWith(name) && OWN_ENDING.matcher(row.id().substring(name.length())).matches();
    }

    boolean isNamedBy(RegistryRow row) {
        return row.id().equals(id) || hasOwn(row);
    }

    boolean listensAtPortOf(RegistryRow row) {
        return row.port().isPresent() && row.port().getAsInt() == port;
    }
}
