package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments, variables and projects start nothing: exit 2, what is wrong, the remedy. */
final class WrongUsageIT extends BlackBox {

    private void assertRefused(MeshDev meshDev, String... fragments) {
        assertEquals(2, meshDev.awaitExit(), meshDev::output);
        assertEquals("", meshDev.text(false));
        String error = meshDev.text(true);
        for (String fragment : fragments) {
            assertTrue(error.contains(fragment), () -> "no \"" + fragment + "\" in: " + error);
        }
        assertTrue(error.startsWith("mesh-dev: "), error);
        assertFalse(error.contains("Exception") || error.contains("\tat "), error);
        assertEquals("", journal().text(), "nothing was started");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "start nowhere/                       | nowhere/: no such file or folder | check the spelling",
            "start agents/ nowhere.py             | nowhere.py: no such file or folder | check the spelling",
            "start agents/ --python /no/python    | --python: /no/python does not exist | name a Python interpreter",
            "start agents/ --python /usr          | --python: /usr is a directory | name a Python interpreter",
            "start agents/ --python notes.txt     | --python: notes.txt is not executable | name a Python interpreter",
            "start agents/ --python shim          | --python: shim begins with #!/no/such, which does not exist | name a Python",
            "start agents/ --config no.yaml       | no.yaml: no such file | check the spelling or create it",
            "start agents/ --config agents        | agents: is a directory | a file is expected here",
            "start agents/ --no-relaod            | Unknown option: '--no-relaod' | did you mean --no-reload?",
            "start agents/ --reload-delay soon    | --reload-delay: \"soon\" is no duration | 0 to 60000",
            "start agents/ --reload-delay=-1      | --reload-delay: \"-1\" is negative | 0 to 60000",
            "start agents/ --stop-timeout 11m     | --stop-timeout: \"11m\" | 0 to 600",
            "start agents/ --poll=0               | --poll: \"0\" is out of range | 10 to 60000",
            "start agents/ --env NAME             | --env: has no = | write KEY=VALUE",
            "start agents/ --env-file none.env    | none.env: no such file | check the spelling",
            "start agents/ --registry-url ftp://x | --registry-url: \"ftp://x\" is no registry address | http://localhost:8000",
            "start agents/ --color pink           | --color: \"pink\" is none of | auto, always, never",
            "start agents/ --poll 300             | 300: no such file or folder | is written --poll=300",
            "start empty/                         | no agent | empty",
            "start empty/                         | no agent | start agents",
            "start .                              | no agent | mesh-dev start agents",
            "start notes.txt                      | notes.txt: mesh-dev does not know how to start this file | chmod +x",
            "start double/                        | two agents are named orders: double/orders.py and double/sub | give one another name",
            "frobnicate                           | 'frobnicate' | --help",
            "debug watches nowhere/               | nowhere/: no such file or folder | check the spelling"})
    void aWrongCommandLineIsRefused(String line, String wrong, String remedy) {
        project.with(project.agent("orders"))
                .write("notes.txt", "no agent\n")
                .write("shim", "#!/no/such\n")
                .write("empty/notes.txt", "nothing\n")
                .write("double/orders.py", project.agent("orders").source())
                .write("double/sub/main.py", "@mesh_agent(name='orders')\nclass A: pass\n" + project.agent("orders").source());
        project.shell("chmod +x shim");
        assertRefused(project.launch(line.strip().split(" +")).runToEnd(), wrong.strip(), remedy.strip());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', value = {
            "MCP_MESH_ENABLE_HOT_RELOAD | maybe   | use true/yes/on/1 or false/no/off/0",
            "MCP_MESH_RELOAD_DELAY      | -5      | 0 to 60000",
            "MCP_MESH_RELOAD_DELAY      | 1e3     | 0 to 60000",
            "MCP_MESH_RELOAD_STRATEGY   | reboot  | use restart or refresh",
            "MCP_MESH_PRESERVE_STATE    | 2       | use true/yes/on/1 or false/no/off/0",
            "MCP_MESH_LOG_LEVEL         | loud    | use TRACE, DEBUG, INFO, WARN or ERROR",
            "MCP_MESH_WATCH_EXTENSIONS  | a/b     | write them such as .py,.yaml",
            "MCP_MESH_WATCH_USE_POLLING | perhaps | use true/yes/on/1 or false/no/off/0",
            "MCP_MESH_REGISTRY_URL      | nope    | http://localhost:8000",
            "MCP_MESH_REGISTRY_PORT     | 70000   | 1 to 65535",
            "MCP_MESH_PYTHON            | /no/py  | name a Python interpreter",
            "VIRTUAL_ENV                | /no/env | run deactivate"})
    void aWrongVariableIsRefusedByItsName(String name, String value, String remedy) {
        project.with(project.agent("orders"));
        assertRefused(project.launch("start", "agents/").env(name, value).runToEnd(), name + ": ", remedy);
    }

    @Test
    void aProjectWithoutPythonSaysHowToGetOne() {
        project.with(project.agent("orders"));
        project.shell("mkdir ../bin; for tool in env pwd readlink sh setsid; do ln -s \"$(command -v $tool)\" ../bin/; done");
        assertRefused(project.launch("start", "agents/").env("PATH", project.outside("bin").toString()).runToEnd(),
                "no Python found", "install Python, or name one with --python");
    }

    @Test
    void aFolderWithoutAgentsNamesEachSkippedFileAndWhy() {
        project.write("agents/test_a.py", "x = 1\n").write("agents/helper.py", "x = 1\n").write("agents/_b.py", "x = 1\n");
        assertRefused(project.launch("start", "agents/").runToEnd(), "agents/test_a.py", "agents/helper.py", "agents/_b.py");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertEquals(0, project.launch("--version").runToEnd().awaitExit());
        MeshDev help = project.launch("start", "--help").runToEnd();
        assertEquals(0, help.awaitExit());
        assertTrue(help.text(false).contains("--no-reload"), help::output);
        MeshDev word = project.launch("help", "start").runToEnd();
        assertEquals(help.text(false), word.text(false));
        assertEquals(0, word.awaitExit());
    }
}
