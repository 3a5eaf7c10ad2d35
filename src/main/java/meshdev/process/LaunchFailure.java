package meshdev.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Turns the JDK's words for a failed launch into a user's. */
final class LaunchFailure {
    /** The JVM's {@code OutOfMemoryError: unable to create native thread}: nothing is wrong with its memory. */
    static final String NO_THREAD = "the system refuses more threads (limit reached: raise it with ulimit -u, or start"
            + " fewer agents)";

    private LaunchFailure() {
    }

    /** What can be missing was looked at before, so "no such file" can only mean the JDK's own helper program. */
    private static boolean helperIsGone(String message) {
        return message.contains("error=2,") && Files.isExecutable(Path.of(SessionCommand.wrap(List.of()).get(0)));
    }

    static String explain(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("error=7")) {
            return "its arguments and environment together are too long for the system; shorten the largest variable";
        }
        if (message.contains("error=11")) {
            return "the system refuses more processes (limit reached: raise it with ulimit -u, or start fewer agents)";
        }
        if (message.contains("error=24") || message.contains("Too many open files")) {
            return "too many open files (limit reached: raise it with ulimit -n, or start fewer agents)";
        }
        if (message.contains("error=12")) {
            return "the system is out of memory";
        }
        if (message.contains("spawn helper") || message.contains("jspawnhelper") || helperIsGone(message)) {
            return "the JDK changed while mesh-dev was running; restart mesh-dev";
        }
        return message;
    }
}
