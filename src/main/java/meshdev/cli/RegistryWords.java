package meshdev.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meshdev.config.RegistryVariables;
import meshdev.process.ProcessName;
import meshdev.registry.RegistryEvent;
import meshdev.registry.Standing;
import meshdev.report.Sanitizer;

/** Words for what happens to the registry. */
final class RegistryWords {
    private static final String BEGIN = "Registry: ";

    private RegistryWords() {
    }

    /** For the banner and for lists: {@code registry http://localhost:8000 (embedded)}. */
    static String of(Standing standing) {
        return "registry " + standing.url() + (standing.kind() == Standing.Kind.NONE ? "" : " (" + of(standing.kind()) + ")");
    }

    static String of(Standing.Kind kind) {
        return switch (kind) {
            case EXTERNAL -> "running";
            case PROGRAM -> "mcp-mesh-registry";
            case EMBEDDED -> "embedded";
            case NONE -> "none yet";
            case FOREIGN -> "its port is held by another program";
            case UNREACHABLE -> "unreachable";
        };
    }

    /** As long as nothing is known of it. */
    static String of(RegistryVariables variables) {
        return "registry " + variables.displayUrl();
    }

    /** @param url without user, password and query */
    static String of(RegistryEvent event, String url) {
        if (event instanceof RegistryEvent.Used) {
            return BEGIN + url + " answers, used";
        }
        if (event instanceof RegistryEvent.Started started) {
            return BEGIN + "mcp-mesh-registry started on " + url + " (pid " + started.pid() + ", " + time(started.took()) + ")";
        }
        if (event instanceof RegistryEvent.Embedded) {
            return BEGIN + url + " (embedded)";
        }
        if (event instanceof RegistryEvent.TakingOver) {
            return BEGIN + url + " is gone, taking over";
        }
        if (event instanceof RegistryEvent.Foreign foreign) {
            return BEGIN + "port " + foreign.port() + " is held by " + holder(foreign) + ", which is no registry (it "
                    + foreign.how() + "); agents are told of it all the same; free the port or use --registry-url";
        }
        if (event instanceof RegistryEvent.Unreachable unreachable) {
            return BEGIN + url + " can't be reached (" + unreachable.why()
                    + "); agents start all the same, and register when it is back";
        }
        return failure(event);
    }

    private static String failure(RegistryEvent event) {
        if (event instanceof RegistryEvent.Ended ended) {
            return BEGIN + what(ended.failure()) + " ended unasked (" + why(ended.failure()) + ")" + again(ended.retryIn());
        }
        if (event instanceof RegistryEvent.StartFailed failed) {
            return BEGIN + what(failed.failure()) + " failed to start (" + why(failed.failure()) + ")" + again(failed.retryIn());
        }
        if (event instanceof RegistryEvent.FellBack fellBack) {
            return BEGIN + "mcp-mesh-registry failed " + fellBack.failures() + " times in a row (" + why(fellBack.failure())
                    + "); the embedded registry is used instead until mesh-dev is started again";
        }
        if (event instanceof RegistryEvent.Unkillable unkillable) {
            return BEGIN + "mcp-mesh-registry cannot be killed (pid " + unkillable.pid() + "); the system keeps it alive";
        }
        throw new IllegalArgumentException("no words for " + event);
    }

    /** What the program printed last, to be shown behind the words; none unless it failed to start. */
    static List<String> lastLines(RegistryEvent event) {
        List<String> lines = event instanceof RegistryEvent.StartFailed failed ? failed.failure().lastLines()
                : event instanceof RegistryEvent.FellBack fellBack ? fellBack.failure().lastLines() : List.of();
        List<String> shown = new ArrayList<>();
        lines.forEach(line -> shown.add("mcp-mesh-registry | " + line));
        return shown;
    }

    /** Whether nothing is wrong. */
    static boolean isGood(RegistryEvent event) {
        return event instanceof RegistryEvent.Used || event instanceof RegistryEvent.Started
                || event instanceof RegistryEvent.Embedded || event instanceof RegistryEvent.TakingOver;
    }

    private static String holder(RegistryEvent.Foreign foreign) {
        return foreign.holder().map(ProcessName::toString).map(Sanitizer::escapeName).orElse("another program");
    }

    private static String what(RegistryEvent.Failure failure) {
        return switch (failure.what()) {
            case PROGRAM -> "mcp-mesh-registry";
            case EMBEDDED -> "the embedded registry";
        };
    }

    private static String why(RegistryEvent.Failure failure) {
        return Sanitizer.escapeName(failure.why());
    }

    private static String again(Duration pause) {
        return pause.isZero() ? "; starting it again" : "; starting it again in " + time(pause);
    }

    private static String time(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toMillis() / 100 / 10.0 + " s";
    }
}
