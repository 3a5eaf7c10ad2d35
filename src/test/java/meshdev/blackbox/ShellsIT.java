package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever starts it: shells with job control, scripts, other watchers, schedulers. */
final class ShellsIT extends BlackBox {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";

    private MeshDev shellWith(JournalAgent... agents) {
        project.with(agents);
        return project.launch().interactiveShell().run();
    }

    private void awaitUp(MeshDev shell) {
        shell.await("| orders ready on :");
        shell.await("File watching enabled.");
        Patience.until("nothing more is loaded", () -> project.log().contains("watch mode:"), project::log);
    }

    private Proc meshDev() {
        return Proc.meshDevs(project.home()).get(0);
    }

    private void awaitEndOfAll(MeshDev evidence) {
        Patience.until("mesh-dev and its agents end", () -> started().isEmpty(),
                () -> started() + "\n" + evidence.output() + project.log());
    }

    /** What lives of all that the shell has started. */
    private List<String> started() {
        return Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").stream()
                .filter(one -> one.isAlive() && !one.commandLine().startsWith("script ")
                        && !one.commandLine().startsWith("bash --norc"))
                .map(one -> one.pid() + " " + one.state() + " " + one.commandLine()).toList();
    }

    private void leave(MeshDev shell) {
        awaitEndOfAll(shell);
        shell.type("exit\n");
        shell.awaitExit();
    }

    @Test
    void afterCtrlZAndFgAllSavesMadeMeanwhileAreOneReload() {
        MeshDev shell = shellWith(project.agent("orders"), project.agent("pricing"));
        shell.type("mesh-dev start agents/\n");
        awaitUp(shell);
        shell.await("| pricing ready on :");
        Proc meshDev = meshDev();
        shell.type(CTRL_Z);
        shell.await("Stopped");
        assertEquals('T', meshDev.state());
        for (int version = 2; version <= 4; version++) {
            project.with(project.agent("orders").version(version));
            project.assertNoStart("orders", 1);
        }
        assertEquals("orders 1", TestProject.ask(journal().lastPort("orders")), "agents run on while mesh-dev is stopped");
        shell.type("fg\n");
        shell.await("Reload completed: orders in");
        project.assertNoStart("orders", 2);
        assertEquals("orders 4", TestProject.ask(journal().lastPort("orders")));
        assertEquals(1, journal().starts("pricing").size());
        assertEquals(0, shell.count("Too many") + shell.count("killed") + shell.count("unasked"), shell::output);
        shell.type(CTRL_C);
        leave(shell);
    }

    @ParameterizedTest
    @CsvSource({"stty -tostop", "stty tostop"})
    void inTheBackgroundOfATerminalItReloadsAndFgBringsItBackForCtrlC(String terminal) {
        MeshDev shell = shellWith(project.agent("orders"));
        shell.type(terminal + "\n");
        shell.type("mesh-dev start agents/ &\n");
        awaitUp(shell);
        project.with(project.agent("orders").version(2));
        shell.await("Reload completed: orders in");
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        shell.type("fg\n");
        shell.await("mesh-dev start agents/", 2);
        shell.type(CTRL_C);
        leave(shell);
    }

    @Test
    void underNohupItOutlivesItsTerminal() {
        MeshDev shell = shellWith(project.agent("orders"));
        shell.type("nohup mesh-dev start agents/ >../out.log 2>&1 &\n");
        journal().awaitReady("orders", 1);
        Patience.until("files are watched", () -> project.log().contains("File watching enabled."), project::log);
        Proc meshDev = meshDev();
        MeshDev.signal("KILL", shell.pid());
        shell.awaitExit();
        project.with(project.agent("orders").version(2));
        journal().awaitReady("orders", 2);
        assertTrue(meshDev.isAlive());
        MeshDev.signal("TERM", meshDev.pid());
        awaitEndOfAll(shell);
    }

    @ParameterizedTest
    @CsvSource({"mesh-dev start agents/", "mesh-dev start agents/ &"})
    void whenTheTerminalOfItsShellClosesAgentsEndByThemselves(String command) {
        MeshDev shell = shellWith(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        shell.type(command + "\n");
        awaitUp(shell);
        MeshDev.signal("KILL", shell.pid());
        awaitEndOfAll(shell);
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
        assertFalse(project.log().contains("Killing"), project::log);
    }

    private static final String DEV_SH = """
            start_dev() {
                export MCP_MESH_LOG_LEVEL=DEBUG
                %s
                mesh-dev start agents/ &
                DEV_PID=$!
                echo "Process ID: $DEV_PID"
                wait $DEV_PID
            }
            start_dev
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bash | :", "sh | :", "bash | trap 'kill $DEV_PID' INT",
        "bash | trap 'kill $DEV_PID; wait $DEV_PID; exit' INT TERM", "bash | trap 'kill -INT $DEV_PID; wait' INT"})
    void ctrlCInAScriptThatStartedItInItsBackgroundEndsAgentsByThemselves(String shell, String trap) {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        TestProject.write(project.file("dev.sh"), DEV_SH.formatted(trap));
        MeshDev terminal = project.launch().inATerminal("exec " + shell + " dev.sh").env("NO_COLOR", "1").run();
        awaitUp(terminal);
        terminal.type(CTRL_C);
        awaitEndOfAll(terminal);
        assertEquals(List.of("SIGTERM"), journal().signals("orders"));
        assertFalse(project.log().contains("Killing"), project::log);
    }

    @Test
    void underEntrAnUnrelatedFileRestartsItAndNoAgentIsLeftOrDoubled() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS)).write("notes.list", "1\n");
        MeshDev entr = project.launch().script("sh", "ls agents/*.py notes.list | exec entr -nr mesh-dev start agents/")
                .inOwnGroup().run();
        awaitUp(entr);
        for (int run = 2; run <= 4; run++) {
            project.write("notes.list", run + "\n");
            journal().awaitReady("orders", run);
            entr.await("File watching enabled.", run);
        }
        assertEquals(4, journal().starts("orders").size());
        assertEquals(List.of("SIGTERM", "SIGTERM", "SIGTERM"), journal().signals("orders"));
        assertEquals(0, entr.count("already supervised"), entr::output);
        journal().assertNeverTwoAtOnce("orders");
        interruptGroup(entr);
        awaitEndOfAll(entr);
    }

    private void interruptGroup(MeshDev leader) {
        project.shell("python3 -c 'import os,signal,sys; os.killpg(int(sys.argv[1]), signal.SIGINT)' $1", "" + leader.pid());
    }

    @Test
    void underEntrASaveOfAnAgentEndsWithOneOfItsNewestVersion() {
        project.with(project.agent("orders"));
        MeshDev entr = project.launch().script("sh", "ls agents/*.py | exec entr -nr mesh-dev start agents/")
                .inOwnGroup().run();
        awaitUp(entr);
        project.with(project.agent("orders").version(2));
        entr.await("File watching enabled.", 2);
        Patience.until("the newest one answers", () -> "orders 2".equals(TestProject.ask(journal().lastPort("orders"))),
                entr::output);
        assertEquals(0, entr.count("already supervised"), entr::output);
        journal().assertNeverTwoAtOnce("orders");
        interruptGroup(entr);
        awaitEndOfAll(entr);
    }

    @Test
    void inASessionOfItsOwnWithoutATerminalItWorks() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        project.launch().script("sh", "setsid -f mesh-dev start agents/ >../out.log 2>&1").runToEnd();
        journal().awaitReady("orders", 1);
        Patience.until("files are watched", () -> project.log().contains("File watching enabled."), project::log);
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS).version(2));
        journal().awaitReady("orders", 2);
        MeshDev.signal("TERM", meshDev().pid());
        Patience.until("mesh-dev ends", () -> Proc.meshDevs(project.home()).isEmpty(), project::log);
        assertEquals(List.of("SIGTERM", "SIGTERM"), journal().signals("orders"));
    }

    @Test
    void fromASchedulersBareEnvironmentItWorks() {
        project.with(project.agent("orders"));
        MeshDev cron = project.launch().script("sh", "exec env -i PATH=/usr/bin:/bin MCP_MESH_HOME=\"$MCP_MESH_HOME\" "
                + "setsid \"$(command -v mesh-dev)\" start agents/ <&-").ready("orders");
        project.with(project.agent("orders").version(2));
        cron.awaitReloads("orders", 1);
    }

    @Test
    void withAllThreeStandardDescriptorsClosedNothingIsWrittenWhereItDoesNotBelong() {
        project.with(project.agent("orders").early(JournalAgent.NOTE_SIGNALS));
        MeshDev script = project.launch().script("sh", "mesh-dev start agents/ <&- >&- 2>&-; echo code $?").run();
        journal().awaitReady("orders", 1);
        Proc meshDev = meshDev();
        for (int descriptor = 0; descriptor <= 2; descriptor++) {
            assertEquals("/dev/null", meshDev.descriptor(descriptor), "descriptor " + descriptor);
        }
        MeshDev.signal("TERM", meshDev.pid());
        script.await("code 143");
        script.awaitExit();
    }
}
