package meshdev.report;

import java.util.List;
import java.util.Locale;
import meshdev.supervise.StartFailure;

/** What a port has to do with a failed start, and what to do about it. */
final class PortWords {
    private PortWords() {
    }

    /** To be put behind the words that say a start failed; empty when no port is to blame. */
    static String why(String agent, StartFailure failure, List<String> lastLines) {
        String port = failure.port().isPresent() ? "port " + failure.port().getAsInt() : "its port";
        if (failure.holder().isPresent()) {
            return "; " + port + " is held by " + Sanitizer.escapeName(failure.holder().get().toString())
                    + ": end that process, or give " + agent + " another port";
        }
        if (lastLines.stream().noneMatch(PortWords::saysInUse)) {
            return "";
        }
        return failure.port().isPresent()
                ? "; nobody listens on " + port + " any more, the system still releases it from old connections"
                        + " (" + agent + " can set SO_REUSEADDR)"
                : "; it says that " + port + " is in use: tell mesh-dev which, agents: {" + agent
                        + ": {port: …}} in .meshwatch, and it names the holder";
    }

    private static boolean saysInUse(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("address already in use") || lower.contains("eaddrinuse");
    }
}
