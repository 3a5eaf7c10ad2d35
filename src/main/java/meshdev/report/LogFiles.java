package meshdev.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import meshdev.config.LogLevel;
import meshdev.config.ShortHash;

/**
 * The log files of one project: mesh-dev's own lines in {@code logs/mcp-mesh.log}, which all projects share, and each
 * agent's output in {@code logs/<project>-<hash>/<agent>.log}.
 *
 * <p>Files are opened at their first line; creating this touches nothing. Thread-safe. Nothing here throws because of
 * the disk: a file that can't be written is warned of once, and once more when it can be again. Nobody waits for the
 * disk either: lines are written by a thread of their own, in order, and queued within the bounds of {@link LineQueue}.
 * An agent that prints faster than the disk takes it is held up for {@link #PATIENCE} before lines are dropped.
 */
public final class LogFiles {
    private static final int LONGEST_NAME = 60;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** How long the end of a run waits for the disk. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);
    private static final String TOO_FAST = "too fast to log";

    /** Made at the first line, because reading the time zones takes 10 ms the start can't spare. */
    private static final class Local {
        static final LineFormat FORMAT = new LineFormat(ZoneId.systemDefault());
    }

    private final Path logs;
    private final Path project;
    private final String projectName;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private final RotatingLog own;
    private final LineQueue queue;
    private final Map<String, RotatingLog> agents = new HashMap<>();
    private Optional<Path> agentsFolder = Optional.empty();
    private boolean writing;

    /**
     * @param home     {@code MCP_MESH_HOME}
     * @param project  the project's root
     * @param clock    for intervals; must not jump, while timestamps are the wall clock's
     * @param warnings whole sentences for a user, from the writing thread; may call this again
     */
    public LogFiles(Path home, Path project, InstantSource clock, Consumer<String> warnings) {
        this.logs = home.resolve("logs");
        this.project = project;
        this.projectName = Sanitizer.escapeName(folderName(project));
        this.clock = clock;
        this.warnings = warnings;
        this.own = new RotatingLog(logs.resolve("mcp-mesh.log"), Rotation.STANDARD, clock, warnings);
        this.queue = new LineQueue(clock);
    }

    /** Appends a line of mesh-dev's own, with time, level and project. */
    public void own(LogLevel level, String text) {
        startWriting();
        queue.offerOwn(Local.FORMAT.own(Instant.now(), level, projectName, text).toString());
    }

    /** Appends a line an agent wrote, with the time and without its escape sequences. */
    public void agent(String agent, String line) {
        startWriting();
        queue.offerAgent(agent, Local.FORMAT.agent(Instant.now(), line).toString(), PATIENCE);
    }

    /** Counts a line of an agent that is passed on to nobody; the log and the user are told of the gap. */
    public void dropped(String agent) {
        startWriting();
        queue.drop(agent);
    }

    /** Waits until everything said before is written; false when that took longer than the limit. */
    public boolean awaitWritten(Duration limit) {
        return queue.awaitWritten(limit);
    }

    /** Where mesh-dev's own lines are. */
    public Path ownFile() {
        return own.path();
    }

    /** Where this agent's output is; older output is in {@code .1} to {@code .4} beside it. */
    public Path agentFile(String agent) {
        return logOf(agent).path();
    }

    /** Writes what was said before, unless the disk takes too long, and closes the files; the rest is forgotten. */
    public void close() {
        queue.close();
        if (queue.awaitWritten(LAST_LINES)) {
            own.close();
            closeAgents();
        }
    }

    private synchronized void closeAgents() {
        for (RotatingLog agent : agents.values()) {
            agent.close();
        }
    }

    private synchronized void startWriting() {
        if (!writing) {
            writing = true;
            LogWriter.start(queue, this);
        }
    }

    /** On the writing thread. */
    void write(LineQueue.Line line) {
        boolean ours = line.of().name().equals(ConsoleLayout.OWN_NAME);
        RotatingLog log = ours ? own : logOf(line.of().name());
        if (!line.isGap()) {
            log.append(line.text());
            return;
        }
        log.append(Local.FORMAT.agent(Instant.now(), line.text() + " dropped (" + TOO_FAST + ")"));
        warnings.accept(Console.gap(line, TOO_FAST));
    }

    private synchronized RotatingLog logOf(String agent) {
        RotatingLog log = agents.get(agent);
        if (log == null) {
            log = new RotatingLog(agentsFolder().resolve(safe(agent) + ".log"), Rotation.STANDARD, clock, warnings);
            agents.put(agent, log);
        }
        return log;
    }

    private Path agentsFolder() {
        if (agentsFolder.isEmpty()) {
            agentsFolder = Optional.of(logs.resolve(folderOf(project)));
        }
        return agentsFolder.get();
    }

    /** The name of a project's folder in each part of {@code MCP_MESH_HOME}; the same by whatever path it is reached. */
    public static String folderOf(Path project) {
        Path real = realPath(project);
        return safe(folderName(real)) + "-" + ShortHash.of(real.toString());
    }

    private static String folderName(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString();
    }

    private static Path realPath(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /** A name for a file, of letters, digits, {@code .}, {@code _} and {@code -}; never hidden. */
    static String safe(String name) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < name.length() && at < LONGEST_NAME; at++) {
            char c = name.charAt(at);
            boolean kept = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            out.append(kept || c == '.' && at > 0 ? c : '_');
        }
        return out.toString();
    }
}
