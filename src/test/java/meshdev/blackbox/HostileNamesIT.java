package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that somebody else's shell, log or terminal would take for more than names. Python makes them, as bytes. */
final class HostileNamesIT extends BlackBox {
    private static final String ESCAPE = "\u001b";
    private static final String VICTIM = "victim.txt";

    /** Without their ending; the longest is 255 bytes with it. */
    static Stream<String> hostileStems() {
        return Stream.of("new\nmesh-dev | Reload completed: forged in 1 ms", "it's \"quoted\"", "$(rm -rf " + VICTIM + ")",
                "-rf", "a; rm " + VICTIM + " #", ESCAPE + "[31mred" + ESCAPE + "]0;title\u0007", "%s%n\\x", "a".repeat(252));
    }

    private static String ofOneLine(String text) {
        return text.replace("\n", "\\n");
    }

    /** Neither console nor log has a raw control character of a name, or a line that a name made. */
    private void assertHarmless(MeshDev meshDev) {
        String all = meshDev.text(false) + meshDev.text(true) + project.log();
        assertFalse(all.contains(ESCAPE) || all.contains("\u0007"), all);
        assertTrue(all.lines().noneMatch(line -> line.startsWith("mesh-dev | Reload completed: forged")), all);
        assertTrue(Files.exists(project.file(VICTIM)), "a shell has run a name");
    }

    @ParameterizedTest
    @MethodSource("hostileStems")
    void anAgentOfThatNameReloadsAndIsPrintedHarmlessly(String stem) {
        JournalAgent agent = project.agent("odd", "agents/" + stem + ".py");
        project.with(agent).write(VICTIM, "alive\n");
        MeshDev meshDev = project.launch("start", "agents/", "--verbose").run();
        meshDev.await(" ready on :");
        meshDev.await("File watching enabled.");
        project.with(agent.version(2));
        journal().awaitReady("odd", 2);
        assertEquals("odd 2", TestProject.ask(journal().lastPort("odd")));
        assertEquals(2, journal().starts("odd").size(), () -> ofOneLine(stem));
        assertHarmless(meshDev);
    }

    @ParameterizedTest
    @MethodSource("hostileStems")
    void aLibraryOfThatNameReloadsAndIsPrintedHarmlessly(String stem) {
        project.with(project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING)).write(VICTIM, "alive\n").write("lib/" + stem + ".py", "A = 1\n");
        MeshDev meshDev = project.launch("start", "agents/").ready("orders");
        project.write("lib/" + stem + ".py", "A = 2\n");
        meshDev.await("| Reload completed: orders in");
        assertEquals(2, journal().starts("orders").size());
        MeshDev watches = project.launch("debug", "watches", "agents/").runToEnd();
        MeshDev json = project.launch("debug", "watches", "agents/", "--json").runToEnd();
        assertEquals(0, watches.awaitExit());
        assertEquals(0, json.awaitExit());
        assertHarmless(watches);
        assertHarmless(json);
        assertHarmless(meshDev);
    }

    @Test
    void inAProjectFolderOfSuchANameItWorks() {
        String folder = "$(touch pwned) \n'\"" + ESCAPE + "[31m -rf";
        project.shell("mkdir -p \"$1/agents\"; cp .meshwatch \"$1\"", folder);
        project.with(project.agent("orders", folder + "/agents/orders.py")).write(VICTIM, "alive\n");
        MeshDev meshDev = project.launch("start", "agents/").in(project.file(folder)).ready("orders");
        project.with(project.agent("orders", folder + "/agents/orders.py").version(2));
        meshDev.awaitReloads("orders", 1);
        assertHarmless(meshDev);
        assertFalse(Files.exists(project.file(folder).resolve("pwned")));
    }

    private void writeBytes(String pythonBytes, String source) {
        project.shell("python3 -c 'import os,sys; p=eval(sys.argv[1]); os.makedirs(os.path.dirname(p), exist_ok=True); "
                + "open(p,\"w\").write(sys.argv[2])' \"$1\" \"$2\"", pythonBytes, source);
    }

    @Test
    void anAgentWhoseNameIsNoTextIsRefusedWithARemedy() {
        project.with(project.agent("orders"));
        writeBytes("b'agents/\\xff\\xfe.py'", project.agent("odd").source());
        MeshDev meshDev = project.launch("start", "agents/").runToEnd();
        assertEquals(2, meshDev.awaitExit());
        assertTrue(meshDev.text(true).contains("the name is not valid UTF-8; rename the file"), meshDev::output);
        assertEquals("", journal().text());
    }

    @Test
    void aLibraryWhoseNameIsNoTextReloads() {
        project.with(project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING));
        writeBytes("b'lib/\\xff\\xfe.py'", "A = 1");
        MeshDev meshDev = project.launch("start", "agents/").ready("orders");
        writeBytes("b'lib/\\xff\\xfe.py'", "A = 22");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(0, project.launch("debug", "watches", "agents/").runToEnd().awaitExit());
    }

    @ParameterizedTest
    @MethodSource("locales")
    void inEveryLocaleAPathThatIsNotAsciiWorks(List<String> variables) {
        String name = "agents/größe-日本.py";
        project.with(project.agent("odd", name));
        Launch launch = project.launch("start", name).withoutVariable("LC_ALL").withoutVariable("LANG")
                .withoutVariable("LC_CTYPE");
        variables.forEach(one -> launch.env(one.split("=")[0], one.split("=", 2)[1]));
        MeshDev meshDev = launch.run();
        meshDev.await(" ready on :");
        meshDev.await("File watching enabled.");
        project.with(project.agent("odd", name).version(2));
        meshDev.await("Reload completed");
        assertEquals("odd 2", TestProject.ask(journal().lastPort("odd")));
    }

    static Stream<List<String>> locales() {
        return Stream.of(List.of(), List.of("LC_ALL=POSIX"), List.of("LANG=C"), List.of("LC_ALL=xx_YY.ISO-8859-1"));
    }

    @Test
    void twoFormsOfOneAccentAreTwoFiles() {
        project.with(project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING))
                .write(".meshwatch", "include: ['agents/orders.py', 'lib/\u00e9.py']\nreload_delay: 100\n")
                .write("lib/\u00e9.py", "A = 1\n").write("lib/e\u0301.py", "A = 1\n");
        MeshDev meshDev = project.launch("start", "agents/").ready("orders");
        project.write("lib/e\u0301.py", "A = 22\n");
        project.assertNoStart("orders", 1);
        project.write("lib/\u00e9.py", "A = 22\n");
        meshDev.awaitReloads("orders", 1);
    }
}
