package meshdev.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import meshdev.control.ControlServer;
import meshdev.control.SocketPlace;
import meshdev.process.MemoryReader;
import meshdev.process.RefusedThread;
import meshdev.report.IoReason;
import meshdev.report.Narrator;
import org.slf4j.LoggerFactory;

/** Where other commands reach this run. A run that can have no socket goes on without. Thread-safe. */
final class ControlPost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Project project;
    private final Narrator narrator;
    private final Map<String, meshdev.control.Command> commands;
    private final MemorySampling sampling;
    private Optional<ControlServer> server = Optional.empty();
    private boolean closed;

    ControlPost(Project project, StatsAnswer stats, Narrator narrator, InstantSource clock) {
        this.project = project;
        this.narrator = narrator;
        this.commands = Map.of(CommandLineModel.STATS, stats);
        this.sampling = new MemorySampling(stats.statistics(), MemoryReader::read, clock);
    }

    /** Nothing when it was closed before. */
    synchronized void open() {
        if (closed) {
            return;
        }
        SocketPlace place = SocketPlace.of(project.settings().home(), project.root());
        try {
            ControlServer opened = ControlServer.open(place, ProcessHandle.current().pid(), commands, PATIENCE);
            server = Optional.of(opened);
            LoggerFactory.getLogger(ControlPost.class).info("listening for commands at {}", opened.file());
            sampling.begin();
        } catch (IOException e) {
            unreachable("no socket in " + place.folder() + ": " + IoReason.of(e) + "; MCP_MESH_HOME names another place");
        } catch (UnsupportedOperationException e) {
            unreachable("this system has no local sockets");
        } catch (OutOfMemoryError e) {
            if (!RefusedThread.is(e)) {
                throw e;
            }
            unreachable("the system refuses the threads for it");
        }
    }

    private void unreachable(String why) {
        narrator.warn("mesh-dev stats can't reach this run, which goes on without: " + why);
    }

    @Override
    public synchronized void close() {
        closed = true;
        sampling.close();
        server.ifPresent(ControlServer::close);
    }
}
