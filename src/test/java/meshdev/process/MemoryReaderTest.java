package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryReaderTest {
    @Test
    void theKernelsSumIsRead() {
        assertEquals(1234 * 1024, MemoryReader.bytesIn("00400000-7ffe ---p 00000000 00:00 0 [rollup]\nRss:   2000 kB\n"
                + "Pss:        1234 kB\nPss_Dirty:  999 kB\n"));
        assertEquals(0, MemoryReader.bytesIn(""));
        assertEquals(0, MemoryReader.bytesIn("a\nPss_Anon: 7 kB\n"));
    }

    @Test
    void agentsAreCountedApartFromThisProcess() throws IOException {
        Process agent = new ProcessBuilder("setsid", "sh", "-c", "sleep 60 & echo up; wait").start();
        try {
            assertEquals('u', agent.getInputStream().read());
            MemoryUse use = MemoryReader.read(Set.of(agent.pid(), 999_999_999L));
            assertEquals(Set.of(agent.pid()), use.groups().keySet());
            long group = use.groups().get(agent.pid());
            assertTrue(group > 50_000 && group < 10_000_000, () -> "two small programs: " + group);
            long own = use.own().orElseThrow();
            assertTrue(own > 20_000_000, () -> "a Java: " + own);
        } finally {
            agent.descendants().forEach(ProcessHandle::destroyForcibly);
            agent.destroyForcibly();
        }
    }

    @Test
    void anAgentThatIsNotReadyIsNoHelperEither() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("setsid", "python3", "-c",
                "x = b'x' * 100_000_000; print('up', flush=True); input()");
        builder.environment().put(Mark.VARIABLE, ProcessHandle.current().pid() + "-abc/orders");
        Process agent = builder.start();
        try {
            assertEquals('u', agent.getInputStream().read());
            long counted = MemoryReader.read(Set.of(agent.pid())).groups().get(agent.pid());
            long without = MemoryReader.read(Set.of(agent.pid())).own().orElseThrow();
            long starting = MemoryReader.read(Set.of()).own().orElseThrow();
            assertTrue(counted > 100_000_000, () -> "the agent: " + counted);
            assertTrue(Math.abs(starting - without) < 50_000_000, () -> starting + " and " + without);
        } finally {
            agent.destroyForcibly();
        }
    }
}
