package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLockTest {
    private static final Mark MARK = new Mark("run-1");

    @TempDir
    private Path folder;

    @Test
    void theSecondIsToldWhoHasIt() throws IOException {
        Path file = folder.resolve("run/a.lock");
        AgentLock held = AgentLock.tryLock(file, 4242, MARK).lock().orElseThrow();
        AgentLock.Attempt second = AgentLock.tryLock(file, 5000, MARK);
        assertTrue(second.lock().isEmpty());
        assertEquals(4242, second.holder());
        held.close();
        assertTrue(AgentLock.tryLock(file, 5000, MARK).lock().isPresent());
    }

    @Test
    void anotherProcessIsToldTooAndFreesItByDying() throws Exception {
        Path file = folder.resolve("a.lock");
        String code = "import fcntl,sys,time\nf=open(sys.argv[1],'r+')\n"
                + "fcntl.lockf(f, fcntl.LOCK_EX, 1, 1<<30)\nprint('held', flush=True)\ntime.sleep(60)";
        Files.writeString(file, "777\n");
        Process other = new ProcessBuilder("/usr/bin/python3", "-c", code, file.toString()).start();
        assertEquals("held", other.inputReader().readLine());
        assertEquals(777, AgentLock.tryLock(file, 5000, MARK).holder());
        other.destroyForcibly();
        assertTrue(other.waitFor(10, TimeUnit.SECONDS));
        assertTrue(AgentLock.tryLock(file, 5000, MARK).lock().isPresent());
    }

    @Test
    void aHolderThatCannotBeReadIsZero() throws IOException {
        Path file = folder.resolve("a.lock");
        AgentLock held = AgentLock.tryLock(file, 1, MARK).lock().orElseThrow();
        Files.writeString(file, "not a number");
        assertEquals(0, AgentLock.tryLock(file, 2, MARK).holder());
        held.close();
    }

    @Test
    void whoeverDiesLeavesItsRunInTheFileUntilThatIsClearedUp() throws IOException {
        Path file = folder.resolve("a.lock");
        AgentLock.tryLock(file, 1, new Mark("run-1")).lock().orElseThrow().close();
        AgentLock.tryLock(file, 2, new Mark("run-2")).lock().orElseThrow().close();
        AgentLock third = AgentLock.tryLock(file, 3, new Mark("run-3")).lock().orElseThrow();
        assertEquals(List.of("run-2", "run-1"), third.deadRuns());
        third.cleared();
        third.close();
        AgentLock fourth = AgentLock.tryLock(file, 4, new Mark("run-4")).lock().orElseThrow();
        assertEquals(List.of("run-3"), fourth.deadRuns());
        fourth.release();
        assertEquals(List.of(), AgentLock.tryLock(file, 5, new Mark("run-5")).lock().orElseThrow().deadRuns());
    }

    @Test
    void runsThatNeverStopDyingDoNotMakeTheFileGrow() throws IOException {
        Path file = folder.resolve("a.lock");
        for (int run = 0; run < 50; run++) {
            AgentLock.tryLock(file, run, new Mark("run-" + run)).lock().orElseThrow().close();
        }
        assertTrue(Files.size(file) < 100, Files.readString(file));
    }
}
