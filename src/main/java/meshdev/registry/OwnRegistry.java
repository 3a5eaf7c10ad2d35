package meshdev.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import meshdev.process.AgentProcess;
import meshdev.process.ExitStatus;
import meshdev.process.LaunchException;
import meshdev.process.ProcessListener;
import meshdev.process.ProcessName;
import org.slf4j.LoggerFactory;

/** The registry that we run, if any: the program's process, or the one inside mesh-dev. Used by the keeper's thread only. */
final class OwnRegistry {
    private final Means means;
    private final RegistryAddress address;
    private final OwnersNote note;
    private Database database;
    private Optional<AgentProcess> process = Optional.empty();
    private Optional<AutoCloseable> embedded = Optional.empty();

    OwnRegistry(Means means, RegistryAddress address) {
        this.means = means;
        this.address = address;
        this.database = means.program().database();
        this.note = new OwnersNote(means.program().home(), address.port());
    }

    /**
     * Starts the program; returns its pid.
     *
     * @param takeOver on the database of the registry that was used, if that is known
     * @param witness  told of its end
     * @throws LaunchException when nothing was started
     */
    long launch(Path program, boolean takeOver, Witness witness) throws LaunchException {
        database = takeOver ? note.inherited().orElse(database) : database;
        makeFolder();
        Tail tail = new Tail(means.output(), database.secrets());
        AgentProcess started = means.processes().start(means.program().spec(program, database, address),
                new Ending(tail, witness), tail);
        process = Optional.of(started);
        return started.pid();
    }

    private void makeFolder() throws LaunchException {
        try {
            if (database.file().isPresent()) {
                Files.createDirectories(database.file().get().getParent());
            }
        } catch (IOException e) {
            throw new LaunchException("the folder of its database can't be made: " + e.getMessage());
        }
    }

    /** It answers: others are told how to carry on after us. */
    void answered() {
        process.ifPresent(one -> note.write(one.pid(), database));
    }

    /** Whether the port is the program's; assumed when the system does not tell. */
    boolean hasPort() {
        Optional<ProcessName> holder = holder();
        return holder.isEmpty() || process.isPresent() && (process.get().pid() == holder.get().pid()
                || process.get().living().stream().anyMatch(one -> one.pid() == holder.get().pid()));
    }

    /** Who has the port. Takes milliseconds. */
    Optional<ProcessName> holder() {
        return means.processes().holder(address.port());
    }

    /** Another registry is used, and watched: finds out once whether we know its database. */
    void watched() {
        if (note.isUnasked()) {
            note.recognise(holder().map(one -> OptionalLong.of(one.pid())).orElse(OptionalLong.empty()));
        }
    }

    /** Another registry is used from now on. */
    void used() {
        note.forget();
    }

    void terminate() {
        process.ifPresent(AgentProcess::terminate);
    }

    void kill() {
        process.ifPresent(AgentProcess::kill);
    }

    /** @throws IOException when the registry inside mesh-dev can't listen */
    void open() throws IOException {
        embedded = Optional.of(means.embedded().open(address.listenAddress()));
    }

    void close() {
        try {
            if (embedded.isPresent()) {
                embedded.get().close();
            }
        } catch (Exception e) {
            LoggerFactory.getLogger(OwnRegistry.class).warn("the registry inside did not close: {}", e.toString());
        } finally {
            embedded = Optional.empty();
        }
    }

    /** Hears how the program ends, on a thread of the process's own. */
    interface Witness {
        /** It has ended, but not what it had started. */
        void leftOthers();

        /** It has ended with all that it had started. Called once. */
        void ended(RegistryEvent.Failure failure);
    }

    /** Adds the last lines to what is heard. */
    private record Ending(Tail tail, Witness witness) implements ProcessListener {
        @Override
        public void leaderExited(ExitStatus exit, List<ProcessName> left) {
            witness.leftOthers();
        }

        @Override
        public void gone(ExitStatus exit) {
            witness.ended(new RegistryEvent.Failure(RegistryEvent.What.PROGRAM, exit.toString(), tail.lines()));
        }
    }
}
