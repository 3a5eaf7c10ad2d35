package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a machine does to a running mesh-dev: folders, interpreters and JDKs that go, numbers that are used again. */
final class HostsIT extends BlackBox {

    @Test
    void aWorkingDirectoryThatIsRemovedIsNamedAndTheAgentStartsWhenItIsBack() {
        project.with(project.agent("orders"));
        project.shell("mkdir ../work");
        MeshDev meshDev = project.launch("start", "../shop/agents").in(project.outside("work")).ready("orders");
        project.shell("rmdir ../work");
        project.with(project.agent("orders").version(2));
        meshDev.await("orders failed to start (its working directory " + project.outside("work") + " does not exist");
        meshDev.await("orders: waiting for a change");
        project.shell("mkdir ../work");
        project.with(project.agent("orders").version(3));
        meshDev.await("orders in ");
        assertEquals("orders 3", TestProject.ask(journal().lastPort("orders")));
        assertEquals(0, meshDev.count("Exception") + meshDev.count("internal error"), meshDev::output);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "rm .venv/bin/python                                              | python does not exist",
        "ln -sf /no/such/python .venv/bin/python                          | is a link to something that does not exist any more",
        "rm .venv/bin/python; mkdir .venv/bin/python                      | python is a folder, not a program",
        "rm .venv/bin/python; echo >.venv/bin/python                      | python is not executable; try: chmod +x",
        "rm .venv/bin/python; printf '#!/no/such\\n' >.venv/bin/python; chmod +x .venv/bin/python | names /no/such, which does"})
    void anInterpreterThatBreaksWhileRunningIsExplainedAndTheFixedOneIsUsed(String breaking, String words) {
        project.with(project.agent("orders"));
        project.shell("mkdir -p .venv/bin; ln -s /usr/bin/python3 .venv/bin/python; echo 'home = /usr/bin' >.venv/pyvenv.cfg");
        MeshDev meshDev = project.startReady("orders");
        project.shell(breaking);
        project.with(project.agent("orders").version(2));
        meshDev.await("orders failed to start (");
        meshDev.await(words);
        assertTrue(meshDev.isAlive());
        project.shell("rm -rf .venv/bin/python; ln -s /usr/bin/python3 .venv/bin/python");
        project.with(project.agent("orders").version(3));
        Patience.until("the fixed one is used", () -> journal().ports("orders").size() >= 2, meshDev::output);
        Patience.until("it answers", () -> "orders 3".equals(TestProject.ask(journal().lastPort("orders"))), meshDev::output);
        assertEquals(0, meshDev.count("Exception") + meshDev.count("internal error"), meshDev::output);
    }

    @ParameterizedTest
    @CsvSource({"/usr/bin/false, --python", "shim, --python", "/usr/bin/false, MCP_MESH_PYTHON"})
    void aProgramThatIsNoPythonIsSaidToBeNoneWhenAgentsFailWithIt(String program, String chosenBy) {
        project.with(project.agent("orders"), project.agent("pricing"))
                .write("shim", "#!/bin/sh\necho \"pyenv: version 3.99 is not installed\" >&2\nexit 1\n");
        project.shell("chmod +x shim");
        MeshDev meshDev = (chosenBy.startsWith("--") ? project.launch("start", "agents/", chosenBy, program)
                : project.launch("start", "agents/").env(chosenBy, program)).run();
        meshDev.await(program + " (chosen by " + chosenBy + ") does not answer as a Python interpreter; name another one");
        meshDev.await("orders: waiting for a change");
        assertEquals(1, meshDev.count("does not answer as a Python"), meshDev::output);
        assertTrue(meshDev.isAlive());
    }

    @Test
    void anAgentThatFailsWithARealPythonCastsNoDoubtOnIt() {
        project.with(project.agent("orders").early("sys.exit(1)"));
        MeshDev meshDev = project.launch("start", "agents/").run();
        meshDev.await("orders: waiting for a change");
        project.assertNoStart("orders", 3);
        assertEquals(0, meshDev.count("does not answer"), meshDev::output);
    }

    /** A JDK of its own for this run: what the virtual machine finds itself by is copied, the rest are links. */
    private String ownJdk() {
        project.shell("""
                mkdir -p ../jdk/bin ../jdk/lib/server
                cp "$1/bin/java" ../jdk/bin/; cp "$1/release" ../jdk/
                for file in "$1"/lib/*; do ln -s "$file" ../jdk/lib/ 2>/dev/null || :; done
                rm ../jdk/lib/libjli.so ../jdk/lib/jspawnhelper
                cp "$1/lib/libjli.so" "$1/lib/jspawnhelper" ../jdk/lib/; cp "$1"/lib/server/* ../jdk/lib/server/
                ln -s "$1/conf" ../jdk/conf""", Built.JAVA_HOME.toString());
        return project.outside("jdk").toString();
    }

    @ParameterizedTest
    @CsvSource({"''", "-Djdk.lang.Process.launchMechanism=POSIX_SPAWN"})
    void aJdkThatIsReplacedUnderneathGoesOnOrSaysToRestart(String option) {
        assumeTrue(Files.exists(Built.JAVA_HOME.resolve("lib/jspawnhelper")), "this JDK has no helper program");
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/").env("JAVA_HOME", ownJdk()).env("MESH_DEV_JAVA_OPTS", option)
                .ready("orders");
        project.shell("mv ../jdk/lib/jspawnhelper ../jdk/lib/jspawnhelper.new");
        project.with(project.agent("orders").version(2));
        if (option.isEmpty() && Runtime.version().feature() <= 21) {
            meshDev.awaitReloads("orders", 1);
        } else {
            meshDev.await("orders failed to start (the JDK changed while mesh-dev was running; restart mesh-dev");
            meshDev.await("orders: waiting for a change");
            assertEquals(0, meshDev.count("does not answer"), meshDev::output);
            assertTrue(meshDev.isAlive());
        }
    }

    @Test
    void numbersOfDeadProcessesThatStrangersHaveNowAreLeftAlone() {
        assumeTrue(Files.isWritable(java.nio.file.Path.of("/proc/sys/kernel/ns_last_pid")), "numbers cannot be chosen");
        project.with(project.agent("orders"));
        project.write("reuse.sh", """
                wait_for() { for i in $(seq 500); do grep -q "$1" "$2" 2>/dev/null && return; sleep 0.02; done; echo "no $1"; exit 1; }
                # a stranger with this number
                stranger() { until [ -d /proc/$1 ]; do echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid; env -i sleep 60 & done; }
                mesh-dev start agents/ >first.log 2>&1 &
                first=$!
                wait_for "File watching enabled" first.log; wait_for "ready on" first.log
                agent=$(sed -n 's/^START orders \\([0-9]*\\) .*/\\1/p' ../journal)
                kill -9 $first $agent; wait $first
                while kill -0 $agent 2>/dev/null; do sleep 0.02; done
                sleep 4  # whoever clears up behind the first has done so
                stranger $first; stranger $agent
                wait_for sleep /proc/$first/cmdline; wait_for sleep /proc/$agent/cmdline
                echo "strangers are there"
                mesh-dev start agents/ >second.log 2>&1 &
                second=$!
                wait_for "ready on" second.log; wait_for "File watching enabled" second.log
                kill $second; wait $second; echo "code $?"
                kill -0 $first && kill -0 $agent && echo "strangers live"
                """);
        MeshDev namespace = project.launch().script("sh", "exec unshare -pf --mount-proc --kill-child sh reuse.sh").run();
        namespace.await("strangers are there");
        namespace.await("code 143");
        namespace.await("strangers live");
        assertEquals(0, namespace.awaitExit());
    }

    @Test
    void everyOddThingInDotEnvIsTakenAsTextOrNamedByItsLine() {
        project.with(project.agent("orders").answering("'|'.join(os.environ.get(n, 'unset') for n in "
                + "('FIRST','CRLF','QUOTED','SINGLE','COMMAND','TWICE','HUGE','ZERO','LAST','EQUALS'))"));
        project.write(".env", "\uFEFFFIRST=1\r\nexport CRLF=two words\r\nQUOTED=\"a # b\"\nSINGLE='$HOME'\n"
                + "COMMAND=$(touch pwned)`touch pwned`\nTWICE=1\nTWICE=2\nno assignment\nHUGE=" + "x".repeat(140_000)
                + "\nZERO=a\0b\n=nameless\nEQUALS=a=b=c\nLAST=end\n");
        MeshDev meshDev = project.startReady("orders");
        assertEquals("1|two words|a # b|$HOME|$(touch pwned)`touch pwned`|2|unset|unset|end|a=b=c",
                TestProject.ask(journal().lastPort("orders")));
        assertFalse(Files.exists(project.file("pwned")));
        for (String place : List.of(".env:8", ".env:9", ".env:10", ".env:11")) {
            meshDev.await(place);
        }
        assertFalse(meshDev.text(false).contains("xxx") || project.log().contains("xxx"), "values are never printed");
    }

    @Test
    void outputIsSeenWhenItIsPrintedAndNotWhenABufferIsFull() {
        project.with(project.agent("orders").late("print('hello at once'); t0 = time.monotonic()"));
        MeshDev meshDev = project.launch("start", "agents/").withoutVariable("PYTHONUNBUFFERED").run();
        journal().awaitReady("orders", 1);
        long ready = System.nanoTime();
        MeshDev.Line line = meshDev.await("hello at once");
        assertTrue(line.nanos() - ready < 2_000_000_000L, meshDev::output);
    }

    @Test
    void agentsOutliveTheThreadThatLaunchedThem() {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.startReady("orders");
        MeshDev.signal("KILL", journal().lastStart("orders").pid());
        meshDev.await("| orders ready on :", 2);
        Patience.staysFor("the respawned agent lives", TestProject.QUIET,
                () -> new Proc(journal().lastStart("orders").pid()).isAlive(), meshDev::output);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"strat agents/ | did you mean start?", "debug watchs | did you mean watches?",
        "start --no-relod | did you mean --no-reload?"})
    void aMisspeltCommandIsRefusedWithTheRightOne(String line, String remedy) {
        MeshDev meshDev = project.launch(line.split(" ")).runToEnd();
        assertEquals(2, meshDev.awaitExit());
        assertTrue(meshDev.text(true).contains(remedy), meshDev::output);
    }

    @Test
    void aPortThatBeatsAnotherIsNamed() {
        project.with(project.agent("orders")).write(".meshwatch", TestProject.RULES + "agents: {orders: {port: 0}}\n");
        project.write(".meshwatch", TestProject.RULES + "agents: {orders: {port: 39871}}\n");
        MeshDev meshDev = project.launch("start", "agents/").env("MCP_MESH_HTTP_PORT", "39872").run();
        meshDev.await("MCP_MESH_HTTP_PORT of the environment or .env is not used for orders: .meshwatch gives it port 39871");
        MeshDev other = project.launch("start", "agents/", "--env", "MCP_MESH_HTTP_PORT=39873").env("MCP_MESH_HOME",
                project.home().toString()).run();
        assertEquals(3, other.awaitExit());
    }

    @Test
    void aMisspeltAgentOfMeshwatchIsNamedAlthoughAFileIsStarted() {
        project.with(project.agent("orders")).write(".meshwatch",
                TestProject.RULES + "agents: {ordres: {port: 39874}, pricing: {port: 39875}}\n");
        MeshDev meshDev = project.launch("start", "agents/orders.py").run();
        meshDev.await("did you mean \"orders\"?");
        assertEquals(0, meshDev.count("pricing"), "settings of agents that are not started are no mistake");
    }

    @Test
    void withVerboseEachSkippedFileIsNamedWithItsReason() {
        project.with(project.agent("orders")).write("agents/test_orders.py", "A = 1\n").write("agents/notes.md", "x\n");
        MeshDev meshDev = project.launch("start", "agents/", "-v").ready("orders");
        meshDev.await("not started: agents/test_orders.py, a test");
        meshDev.await("not started: agents/notes.md, not a Python file");
    }
}
