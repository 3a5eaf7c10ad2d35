package meshdev.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import meshdev.config.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each in a process of its own, because slf4j is configured once. */
@Timeout(60)
class MaintainerLogTest {
    @TempDir
    Path temp;

    @Test
    void linesFromTheLevelOnGoToMeshDevsLogAndNothingElseIsPrinted() throws Exception {
        assertEquals("", run("WARN"));
        List<String> lines = Files.readAllLines(temp.resolve("logs/mcp-mesh.log"));
        assertTrue(lines.get(0).matches("\\S{29} WARN  \\[shop\\] a\\.b\\.C: number 7"), lines.get(0));
        assertTrue(lines.get(1).matches("\\S{29} ERROR \\[shop\\] a\\.b\\.C: failed"), lines.get(1));
        assertTrue(lines.get(2).endsWith("java.lang.IllegalStateException: why"), lines.get(2));
        assertTrue(lines.get(3).matches("\\S{29} ERROR \\[shop\\] .*at meshdev.report.*"), lines.get(3));
    }

    @Test
    void withoutATargetNothingIsWrittenAnywhere() throws Exception {
        assertEquals("", run("none"));
        assertFalse(Files.exists(temp.resolve("logs")));
    }

    @Test
    void aLogThatCannotBeOpenedPrintsNoStatus() throws Exception {
        Files.writeString(temp.resolve("logs"), "a file");
        assertEquals("warned\n", run("TRACE"));
    }

    @Test
    void linesOfThreadsThatMeetAtTheFirstOneAreWrittenAndNothingIsPrinted() throws Exception {
        assertEquals("", run("TRACE", Crowd.class));
        List<String> lines = Files.readAllLines(temp.resolve("logs/mcp-mesh.log"));
        assertEquals(Crowd.SIZE, lines.stream().filter(line -> line.contains("crowd: thread")).count(), lines::toString);
    }

    private String run(String level) throws Exception {
        return run(level, Program.class);
    }

    private String run(String level, Class<?> program) throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), program.getName(), temp.toString(), level)
                .redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    static final class Crowd {
        static final int SIZE = 8;

        private Crowd() {}

        public static void main(String[] args) throws Exception {
            LogFiles files = new LogFiles(Path.of(args[0]), Path.of("/shop"), InstantSource.system(), System.out::println);
            MaintainerLog.writeTo(files, LogLevel.TRACE);
            CyclicBarrier together = new CyclicBarrier(SIZE);
            List<Thread> threads = IntStream.range(0, SIZE).mapToObj(number -> new Thread(() -> log(together, number))).toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            files.close();
        }

        private static void log(CyclicBarrier together, int number) {
            try {
                together.await();
                LoggerFactory.getLogger("crowd").info("thread {}", number);
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            Path home = Path.of(args[0]);
            LogFiles files = new LogFiles(home, Path.of("/shop"), InstantSource.system(),
                    warning -> System.out.println("warned"));
            if (!args[1].equals("none")) {
                MaintainerLog.writeTo(files, LogLevel.valueOf(args[1]));
            }
            Logger logger = LoggerFactory.getLogger("a.b.C");
            logger.info("number {}", 6);
            logger.warn("number {}", 7);
            logger.error("failed", new IllegalStateException("why"));
            files.close();
        }
    }
}
