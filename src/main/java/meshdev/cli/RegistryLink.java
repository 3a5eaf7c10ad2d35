package meshdev.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import meshdev.config.LogLevel;
import meshdev.process.Processes;
import meshdev.process.RefusedThread;
import meshdev.registry.Database;
import meshdev.mesh.EmbeddedRegistry;
import meshdev.registry.Farewell;
import meshdev.registry.Means;
import meshdev.registry.Registrant;
import meshdev.registry.Registrations;
import meshdev.registry.RegistryAddress;
import meshdev.registry.RegistryClient;
import meshdev.registry.RegistryEvent;
import meshdev.registry.RegistryKeeper;
import meshdev.registry.RegistryProgram;
import meshdev.registry.RegistryView;
import meshdev.registry.Standing;
import meshdev.report.LogFiles;
import meshdev.report.Narrator;
import meshdev.supervise.SupervisorEvent;

/** The registry of a run: kept while agents run, told of those that cannot take leave, asked for those that are to be in it. */
final class RegistryLink implements MeshMembership, AutoCloseable {
    private final RegistryAddress address;
    private final RegistryClient client;
    private final RegistryKeeper keeper;
    private final Registrations registrations;
    private final Narrator narrator;
    private final LogFiles logs;
    private Predicate<String> first = words -> false;
    /** Where each agent was last seen listening. */
    private final Map<String, Registrant> known = new ConcurrentHashMap<>();
    /** Agents with a process that listens. */
    private final Set<String> serving = ConcurrentHashMap.newKeySet();

    /** Starts nothing yet. */
    RegistryLink(Project project, RegistryProgram program, Parts parts) {
        this.address = RegistryAddress.of(project.registry());
        this.client = new RegistryClient(address);
        this.narrator = parts.narrator();
        this.logs = parts.logs();
        Means means = new Means(parts.processes(), program, at -> EmbeddedRegistry.open(at, parts.clock()), parts.logs()::agent);
        this.keeper = new RegistryKeeper(address, means, this::heard, parts.clock());
        this.registrations = new Registrations(client, () -> keeper.standing().kind(), parts.clock());
    }

    /**
     * The program that is started where no registry is, if it is found.
     *
     * @throws meshdev.config.ConfigException when the variables of its database name none
     */
    static RegistryProgram program(Project project, Map<String, String> environment) {
        Path home = project.settings().home();
        return new RegistryProgram(project.root(), home, environment, Database.of(project.registry(), project.root(), home));
    }

    /** What of a run the registry needs. */
    record Parts(Processes processes, LogFiles logs, Narrator narrator, InstantSource clock) {
    }

    /**
     * Call when the first agents are launched.
     *
     * @param first told in words what is at the URL, as soon as that is known; nothing when somebody else was faster
     */
    void begin(Predicate<String> first) {
        this.first = first;
        try {
            keeper.begin();
            registrations.begin();
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            narrator.warn("Registry: the system refuses the threads to look after one; raise the limit with ulimit -u; agents run all the same");
        }
    }

    /** What the first line of the run says already is only logged. */
    private void heard(RegistryEvent event) {
        String words = RegistryWords.of(event, address.shown());
        boolean said = first.test(RegistryWords.of(keeper.standing()));
        if (said && RegistryWords.isGood(event)) {
            logs.own(LogLevel.INFO, words);
            return;
        }
        Consumer<String> say = RegistryWords.isGood(event) ? narrator::info : narrator::warn;
        say.accept(words);
        RegistryWords.lastLines(event).forEach(say);
    }

    /** What is at the registry's URL, and whom it knows. Asks it, within limits. */
    RegistryView view() {
        Standing standing = keeper.standing();
        try {
            return new RegistryView(standing, standing.kind().isRegistry() ? client.rows() : List.of());
        } catch (IOException e) {
            return new RegistryView(standing, List.of());
        }
    }

    @Override
    public void launched(String agent) {
        registrations.launched(agent);
    }

    @Override
    public void serves(Registrant agent, Registrations.Listener listener) {
        known.put(agent.name(), agent);
        serving.add(agent.name());
        registrations.await(agent, listener);
    }

    @Override
    public void killed(String agent) {
        ifKnown(agent, gone -> registrations.farewell(gone, Farewell.Successor.SAME_PORT));
    }

    /** Who is restarted keeps its place; who is down for good, or until somebody mends it, is in nobody's way. */
    @Override
    public void accept(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Reloading reloading) {
            restarted(reloading.agent());
        } else if (event instanceof SupervisorEvent.StartFailed failed) {
            lost(failed.agent());
        } else if (event instanceof SupervisorEvent.Crashed crashed) {
            lost(crashed.agent());
        } else if (event instanceof SupervisorEvent.ReloadRefused refused && !refused.serving()) {
            lost(refused.agent());
        } else if (event instanceof SupervisorEvent.Missing missing && !missing.serving()) {
            lost(missing.agent());
        } else if (event instanceof SupervisorEvent.Stopped stopped) {
            leave(stopped.agent());
        } else if (event instanceof SupervisorEvent.Finished finished) {
            leave(finished.agent());
        } else if (event instanceof SupervisorEvent.BreakerTripped tripped) {
            leave(tripped.agent());
        }
    }

    private void restarted(String agent) {
        if (serving.remove(agent)) {
            ifKnown(agent, registrations::keepPlace);
        }
    }

    private void lost(String agent) {
        serving.remove(agent);
        ifKnown(agent, registrations::lost);
    }

    private void ifKnown(String agent, Consumer<Registrant> action) {
        Optional.ofNullable(known.get(agent)).ifPresent(action);
    }

    private void leave(String agent) {
        serving.remove(agent);
        Registrant gone = known.remove(agent);
        if (gone != null) {
            registrations.farewell(gone, Farewell.Successor.NONE);
        }
    }

    /** Somebody asks for the end once more: a {@link #close} under way is cut short. From any thread. */
    void hurry() {
        keeper.hurry();
    }

    /** To be called when all agents are down; ends the registry that this run started. Takes 10 s at most. */
    @Override
    public void close() {
        registrations.close();
        keeper.close();
    }
}
