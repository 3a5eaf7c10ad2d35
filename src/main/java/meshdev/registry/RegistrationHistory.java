package meshdev.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which agents of a run register and which do not, and so how long each is to be waited for. Has no clock. Used by one thread. */
final class RegistrationHistory {
    /** Agents register within a second or two, and try again every five. */
    static final Duration LIMIT = Duration.ofSeconds(15);
    /** For one that was never seen to register: it may be a plain program. */
    static final Duration FIRST_LIMIT = Duration.ofSeconds(5);

    private final Map<String, Silence> silent = new HashMap<>();
    private final Set<String> members = new HashSet<>();

    /**
     * An agent did not register.
     *
     * @param waited for so long it was waited for
     * @param row    its row at the end, of an earlier run then
     */
    private record Silence(Duration waited, Optional<RegistryRow> row) {
    }

    Duration limit(String agent) {
        return members.contains(agent) ? LIMIT : FIRST_LIMIT;
    }

    void registered(String agent) {
        silent.remove(agent);
        members.add(agent);
    }

    /** Its limit is over, and a registry that answers does not have it among these. */
    void missed(Registrant agent, List<RegistryRow> rows) {
        silent.putIfAbsent(agent.name(), new Silence(limit(agent.name()), own(agent, rows)));
    }

    /**
     * A new process of the agent serves: there is no need to wait for one that did not register, unless it has done so later.
     *
     * @param atLaunch what the registry knew when that process began
     */
    boolean isSilent(Registrant agent, List<RegistryRow> atLaunch) {
        Silence silence = silent.get(agent.name());
        Optional<RegistryRow> row = own(agent, atLaunch);
        if (silence != null && row.isPresent() && !row.equals(silence.row())) {
            registered(agent.name());
        }
        return silent.containsKey(agent.name());
    }

    /** For so long the agent was waited for in vain. */
    Optional<Duration> waitedInVain(String agent) {
        return Optional.ofNullable(silent.get(agent)).map(Silence::waited);
    }

    private static Optional<RegistryRow> own(Registrant agent, List<RegistryRow> rows) {
        return rows.stream().filter(row -> row.id().equals(agent.id())).findFirst();
    }
}
