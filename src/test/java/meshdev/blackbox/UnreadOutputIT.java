package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A paused terminal, or {@code | less}: nobody reads what mesh-dev prints, and agents must not notice. */
final class UnreadOutputIT extends BlackBox {
    /** Starts mesh-dev with a terminal or a pipe that is read only after the file {@code read} is there. */
    private static final String READER = """
            import os, pty, sys, time
            if sys.argv[1] == "terminal":
                pid, end = pty.fork()
            else:
                end, other = os.pipe()
                pid = os.fork()
                if pid == 0:
                    os.dup2(other, 1)
                else:
                    os.close(other)
            if pid == 0:
                os.execvp("mesh-dev", ["mesh-dev", "start", "agents/"])
            print("pid", pid, flush=True)
            done = 0
            while not os.path.exists("read"):
                time.sleep(0.01)
                done, status = os.waitpid(pid, os.WNOHANG)
                if done:
                    break
            while not done:
                try:
                    text = os.read(end, 65536)
                except OSError:
                    text = b""
                if not text:
                    break
                os.write(1, text)
            if not done:
                _, status = os.waitpid(pid, 0)
            print("code", os.waitstatus_to_exitcode(status), flush=True)
            """;

    private MeshDev reader;
    private Proc meshDev;

    @BeforeEach
    void writeReader() {
        TestProject.write(project.outside("reader.py"), READER);
    }

    /** With an agent that has printed 3 MB, three times what goes on the way; it goes on printing. */
    private void start(String kind) {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS).late("""
                import threading
                def talk():
                    count = 0
                    while not os.path.exists("read"):
                        os.write(1, b"%099d\\n" % count)
                        count += 1
                        if count % 1000 == 0:
                            note("TALKED", NAME, count)
                            time.sleep(0 if count < 60000 else 0.2)
                    while True:
                        os.write(1, b"somebody reads\\n")
                        time.sleep(0.1)
                threading.Thread(target=talk, daemon=True).start()"""));
        reader = project.launch().script("sh", "exec python3 '" + project.outside("reader.py") + "' " + kind).run();
        meshDev = new Proc(Long.parseLong(reader.await("pid ").text().substring(4)));
        awaitTalk(65);
    }

    private void awaitTalk(int thousands) {
        Patience.until("the agent goes on", () -> journal().facts("TALKED", "orders").size() >= thousands, project::log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminal", "pipe"})
    void agentsGoOnAndMeshDevStillEndsThemAtOnce(String kind) {
        start(kind);
        assertTrue(meshDev.residentKilobytes() < 120 * 1024, "kB: " + meshDev.residentKilobytes());
        awaitTalk(journal().facts("TALKED", "orders").size() + 3);
        long asked = System.nanoTime();
        MeshDev.signal("TERM", meshDev.pid());
        Patience.until("the agent's signal", Duration.ofSeconds(3), () -> !journal().signals("orders").isEmpty(), project::log);
        Patience.until("the end", Duration.ofSeconds(8), () -> !meshDev.isAlive(), project::log);
        assertTrue(Duration.ofNanos(System.nanoTime() - asked).toMillis() < 8000);
        reader.await("code 143");
        assertEquals(0, reader.awaitExit());
    }

    @Test
    void whoReadsAgainIsToldWhatIsMissing() {
        start("terminal");
        project.write("read", "");
        assertTrue(reader.await("dropped (terminal too slow)").text().contains(" lines of orders "), reader::output);
        reader.await("somebody reads", 3);
        MeshDev.signal("TERM", meshDev.pid());
        reader.await("code 143");
    }
}
