package meshdev.report;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import meshdev.config.LogLevel;
import meshdev.process.OutputSink;
import meshdev.supervise.SupervisorEvent;
import org.slf4j.LoggerFactory;

/**
 * Tells the user what happens, on the console and in mesh-dev's own log, and passes on what agents print. Thread-safe.
 */
public final class Narrator implements Consumer<SupervisorEvent>, OutputSink {
    private final Console console;
    private final LogFiles logs;
    private final Path project;
    private final boolean quiet;
    private final LastLines lastLines = new LastLines();
    private final Refusals refusals = new Refusals();
    private final Floodgate floodgate;

    /**
     * @param quiet keeps mesh-dev's own lines below a warning off the console; the log has them all the same
     * @param clock monotonic
     */
    public Narrator(Console console, LogFiles logs, Path project, boolean quiet, InstantSource clock) {
        console.showAfterLogging(logs);
        this.floodgate = new Floodgate(clock);
        this.console = console;
        this.logs = logs;
        this.project = project;
        this.quiet = quiet;
    }

    @Override
    public void line(String agent, String line) {
        lastLines.add(agent, line);
        if (floodgate.admits(agent, line)) {
            pass(agent, line);
        } else {
            logs.dropped(agent);
        }
    }

    /** Why a flooding agent ended is said last: however much of the flood was dropped, its last lines are shown. */
    @Override
    public void over(String agent) {
        for (String line : lastLines.newest(agent, floodgate.takeRefused(agent))) {
            pass(agent, line);
        }
    }

    private void pass(String agent, String line) {
        logs.agent(agent, line);
        console.agent(agent, line);
    }

    public void info(String text) {
        say(LogLevel.INFO, text);
    }

    public void warn(String text) {
        say(LogLevel.WARN, text);
    }

    public void error(String text) {
        say(LogLevel.ERROR, text);
    }

    /** Logged first: what a script or a user sees on the console is in the log already. */
    private void say(LogLevel level, String text) {
        logs.own(level, text);
        if (!quiet || level.compareTo(LogLevel.WARN) >= 0) {
            console.own(text);
        }
    }

    @Override
    public void accept(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Ready e) {
            info(e.agent() + " ready" + Wording.onPort(e.port()) + " (pid " + e.pid() + ", " + Wording.time(e.took()) + ")");
        } else if (event instanceof SupervisorEvent.Reloading e) {
            lastLines.take(e.agent());
            info("Reloading " + e.agent() + ": " + e.reason());
        } else if (event instanceof SupervisorEvent.ReloadCompleted e) {
            info("Reload completed: " + e.agent() + " in " + Wording.time(e.took()) + " (" + Wording.phases(e.phases()) + ")");
        } else if (event instanceof SupervisorEvent.WarmStartFailed e) {
            info(e.agent() + " ended before it was ready (" + e.exit() + ") with modules imported beforehand;"
                    + " starting it without");
        } else if (event instanceof SupervisorEvent.ReloadRefused e) {
            refused(e);
        } else if (event instanceof SupervisorEvent.Unchanged e) {
            info("Not reloading " + e.agent() + ": " + Wording.files(e.files(), project) + " changed, but nothing that runs");
        } else if (event instanceof SupervisorEvent.NobodyConcerned e) {
            info("Changed, no agent imports it: " + Wording.files(e.files(), project));
        } else if (event instanceof SupervisorEvent.LogOnly e) {
            info("Changed, log only: " + Wording.files(e.files(), project));
        } else if (event instanceof SupervisorEvent.EndlessWriter e) {
            warn(e.agent() + " is reloaded although " + Wording.files(e.files(), project)
                    + " keeps changing; add it to exclude in .meshwatch if it is no source");
        } else if (event instanceof SupervisorEvent.Paused e) {
            String file = Wording.file(e.file(), project);
            warn(file + " changes every time " + e.agent() + " starts, so right after a start it reloads " + e.agent()
                    + " no more; add it to exclude in .meshwatch if an agent writes it; a save of yours counts 2 s after a start");
        } else if (event instanceof SupervisorEvent.Ignored e) {
            info(Wording.files(e.files(), project) + " changed right after a start of " + e.agent() + ", which is paused for it");
        } else if (event instanceof SupervisorEvent.Missing e) {
            warn(e.agent() + " lost its file" + (e.serving() ? "; the running one serves on" : "")
                    + "; it is reloaded when the file is back");
        } else if (event instanceof SupervisorEvent.WaitsFor e) {
            info(e.agent() + " waits for " + Wording.and(e.dependencies()));
        } else if (event instanceof SupervisorEvent.StartsWithout e) {
            warn(e.agent() + " is started although " + Wording.unready(e.dependencies()) + " (depends_on)");
        } else if (event instanceof SupervisorEvent.Quitting e) {
            quitting(e);
        } else {
            failed(event);
        }
    }

    private void refused(SupervisorEvent.ReloadRefused refused) {
        String waits = ", waiting for a fix" + (refused.serving() ? "; the running one serves on" : "");
        if (refusals.isRepeated(refused)) {
            error(refused.agent() + " is not reloaded either" + waits);
        } else {
            error(refused.agent() + " is not reloaded" + waits + ": " + refused.objection().reason());
            refused.objection().lines().forEach(this::error);
        }
    }

    private void quitting(SupervisorEvent.Quitting e) {
        if (e.atOnce()) {
            info("Killing what is left");
        } else {
            info(e.agents() == 0 ? "Stopping" : "Stopping " + e.agents() + (e.agents() == 1 ? " agent" : " agents") + " (Ctrl-C again kills at once)");
        }
    }

    private void failed(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Finished e) {
            info(e.agent() + " finished (exit code 0); a save starts it again");
        } else if (event instanceof SupervisorEvent.Crashed e) {
            lastLines.take(e.agent());
            warn(e.agent() + " ended unasked (" + e.exit() + ")" + Wording.retry(e.retryIn()));
        } else if (event instanceof SupervisorEvent.StartFailed e) {
            List<String> last = lastLines.take(e.agent()); // the breaker shows those of its own attempt only
            warn(e.agent() + " failed to start (" + e.failure().why() + ", attempt " + e.attempt() + " of " + e.attempts()
                    + "); trying again in " + Wording.time(e.retryIn()) + PortWords.why(e.agent(), e.failure(), last));
        } else if (event instanceof SupervisorEvent.BreakerTripped e) {
            tripped(e);
        } else if (event instanceof SupervisorEvent.NotRegistered e) {
            warn(e.agent() + " serves, but did not register with the registry within " + Wording.time(e.waited())
                    + "; its reloads do not wait for that");
        } else if (event instanceof SupervisorEvent.NotReady e) {
            warn(e.agent() + " is not ready after " + Wording.time(e.waited()) + "; it should listen"
                    + (e.port().isPresent() ? Wording.onPort(e.port()) : " on a port") + " or answer its health URL");
        } else {
            stopping(event);
        }
    }

    private void tripped(SupervisorEvent.BreakerTripped e) {
        List<String> last = lastLines.take(e.agent());
        error(e.agent() + ": Too many startup attempts (" + e.attempts() + ") in " + Wording.compact(e.window())
                + " (" + e.failure().why() + ")" + PortWords.why(e.agent(), e.failure(), last));
        if (!last.isEmpty()) {
            console.own("The last lines of " + e.agent() + ":");
        }
        for (String line : last) {
            console.agent(e.agent(), line); // under its own name: an agent can't put words into mesh-dev's mouth
        }
        error(e.agent() + ": waiting for a change");
    }

    private void stopping(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.StillStopping e) {
            info(e.agent() + " is still stopping" + Wording.list(": waiting for ", e.living()) + "; killed in "
                    + Wording.time(e.killIn()));
        } else if (event instanceof SupervisorEvent.Killed e) {
            warn(e.agent() + " did not stop in " + Wording.time(e.grace()) + ", killed" + Wording.list(": ", e.living()));
        } else if (event instanceof SupervisorEvent.LeftBehind e) {
            leftBehind(e);
        } else if (event instanceof SupervisorEvent.Unkillable e) {
            error(e.agent() + " cannot be killed (pid " + e.pid() + "); the system keeps it alive");
        } else if (event instanceof SupervisorEvent.PortElsewhere e) {
            elsewhere(e);
        } else if (event instanceof SupervisorEvent.Fault e) {
            error("internal error, supervision goes on: " + e.cause() + "; details are in " + logs.ownFile());
            LoggerFactory.getLogger(Narrator.class).error("internal error", e.cause());
        } else if (event instanceof SupervisorEvent.Decided e) {
            DecisionWords.log(e.decision(), project);
        } else if (event instanceof SupervisorEvent.Left e) {
            info(e.agent() + " has stopped");
        } else if (event instanceof SupervisorEvent.Stopped e) {
            logs.own(LogLevel.INFO, e.agent() + " stopped");
        } else {
            throw new IllegalArgumentException("no words for " + event);
        }
    }

    private void leftBehind(SupervisorEvent.LeftBehind e) {
        if (!e.processes().isEmpty()) {
            warn(e.agent() + " ended, but not what it had started; ending that too" + Wording.list(": ", e.processes()));
        }
    }

    private void elsewhere(SupervisorEvent.PortElsewhere e) {
        String moved = e.agent() + " came up on :" + e.actual() + ", not on :" + e.expected();
        e.holder().ifPresentOrElse(
                holder -> error(moved + ", which is held by " + Sanitizer.escapeName(holder.toString())),
                () -> warn(moved + ", which nobody holds"));
    }
}
