package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLockTest {
    @TempDir
    private Path folder;

    @Test
    void theSecondIsToldWhoHasIt() throws IOException {
        Path file = folder.resolve("run/a.lock");
        AgentLock held = AgentLock.tryLock(file, 4242).lock().orElseThrow();
        AgentLock.Attempt second = AgentLock.tryLock(file, 5000);
        assertTrue(second.lock().isEmpty());
        assertEquals(4242, second.holder());
        held.close();
        assertTrue(AgentLock.tryLock(file, 5000).lock().isPresent());
    }

    @Test
    void anotherProcessIsToldTooAndFreesItByDying() throws Exception {
        Path file = folder.resolve("a.lock");
        String code = "import fcntl,sys,time\nf=open(sys.argv[1],'r+')\n"
                + "fcntl.lockf(f, fcntl.LOCK_EX, 1, 1<<30)\nprint('held', flush=True)\ntime.sleep(60)";
        Files.writeString(file, "777\n");
        Process other = new ProcessBuilder("/usr/bin/python3", "-c", code, file.toString()).start();
        assertEquals("held", other.inputReader().readLine());
        assertEquals(777, AgentLock.tryLock(file, 5000).holder());
        other.destroyForcibly();
        assertTrue(other.waitFor(10, TimeUnit.SECONDS));
        assertTrue(AgentLock.tryLock(file, 5000).lock().isPresent());
    }

    @Test
    void aHolderThatCannotBeReadIsZero() throws IOException {
        Path file = folder.resolve("a.lock");
        AgentLock held = AgentLock.tryLock(file, 1).lock().orElseThrow();
        Files.writeString(file, "not a number");
        assertEquals(0, AgentLock.tryLock(file, 2).holder());
        held.close();
    }
}
