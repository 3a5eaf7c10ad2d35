package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import meshdev.process.Guardian;
import meshdev.process.Mark;
import meshdev.process.Processes;
import meshdev.process.StopRule;

/** Real processes for tests, and the proof that none is left. */
final class OwnProcesses {
    static final StopRule STOPPING = new StopRule("TERM", StopRule.USUAL_GRACE);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private OwnProcesses() {
    }

    static Processes printingTo(Consumer<String> lines) {
        Mark mark = Mark.ofThisRun(Instant.now());
        Guardian guardian = new Guardian(Path.of("src/main/dist/lib/guardian.sh"), mark, Path.of("/no/log"), "test", lines);
        return new Processes(Instant::now, mark, guardian, (agent, line) -> lines.accept(line));
    }

    /** Waits until no process is left whose command line has this word in it. */
    static void assertNoneLeft(String word) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!left(word).isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(), left(word));
    }

    private static List<String> left(String word) {
        return ProcessHandle.allProcesses().map(process -> process.info().commandLine().orElse("")).filter(line -> line.contains(word))
                .toList();
    }
}
