package meshdev.process;

import java.io.IOException;

/** Turns the JDK's words for a failed launch into a user's. */
final class LaunchFailure {
    private LaunchFailure() {
    }

    static String explain(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("error=7")) {
            return "its arguments and environment together are too long for the system; shorten the largest variable";
        }
        if (message.contains("error=11")) {
            return "the system refuses more processes (limit reached: see ulimit -u)";
        }
        if (message.contains("error=24")) {
            return "too many open files (limit reached: see ulimit -n)";
        }
        if (message.contains("error=12")) {
            return "the system is out of memory";
        }
        if (message.contains("spawn helper") || message.contains("jspawnhelper")) {
            return "the JDK changed while mesh-dev was running; restart mesh-dev";
        }
        return message;
    }
}
