package meshdev.blackbox;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Finds processes that outlived their mesh-dev: those that inherited a variable only this test has. */
final class Orphans {
    /** For a shell of the test itself that is about to end. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private Orphans() {
    }

    /** Names what is left, one line each, and ends it, each by its own pid. */
    static String end(String variable) {
        Patience.within(GRACE, () -> alive(variable).isEmpty());
        List<Proc> left = alive(variable);
        String named = left.stream().map(one -> one.pid() + " " + one.commandLine()).collect(Collectors.joining("\n"));
        left.forEach(one -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
        return named;
    }

    private static List<Proc> alive(String variable) {
        return Proc.withEnvironment(variable + "\0").stream().filter(Proc::isAlive).toList();
    }
}
