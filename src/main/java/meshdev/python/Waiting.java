package meshdev.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import meshdev.process.LaunchSpec;

/**
 * An interpreter that waits to become an agent.
 *
 * @param cold       how the agent would be run without it
 * @param preloads   modules are imported beforehand
 * @param executable what the interpreter's file was when it was started
 */
record Waiting(Runner runner, LaunchSpec cold, Successor.Manner manner, boolean preloads, Object executable, Instant since) {
    /** Whether it can become the agent as it is to be launched now. */
    boolean fits(LaunchSpec wanted, Successor.Manner wantedManner) {
        boolean ended = runner.readiness().isDone() && !runner.isReady();
        return !ended && cold.equals(wanted) && manner.equals(wantedManner) && executable.equals(executable(wanted));
    }

    /** Whether its modules are there. */
    boolean isPreloaded() {
        return preloads && runner.isReady();
    }

    /** Equal as long as the file of the interpreter is the same. */
    static Object executable(LaunchSpec cold) {
        try {
            Path program = Path.of(cold.command().get(0));
            return List.of(Files.getLastModifiedTime(program), Files.size(program));
        } catch (IOException e) {
            return "gone";
        }
    }
}
