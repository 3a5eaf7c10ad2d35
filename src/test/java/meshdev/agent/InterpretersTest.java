package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.Origin;
import meshdev.config.Sourced;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpretersTest {
    @TempDir
    Path root;
    private TestProject project;
    private final List<Path> probed = new ArrayList<>();
    private Optional<InterpreterProbe.Probed> answer = Optional.empty();

    @BeforeEach
    void prepare() throws IOException {
        project = new TestProject(root);
    }

    @Test
    void everyChoiceBeatsThoseAfterIt() throws IOException {
        project.program("path/python");
        assertChosen("path/python", "PATH");
        project.program("path/python3");
        assertChosen("path/python3", "PATH");
        project.program("venv/bin/python");
        assertChosen("venv/bin/python", "venv");
        project.program(".venv/bin/python");
        assertChosen(".venv/bin/python", ".venv");
        project.program("active/bin/python");
        project.environment.put("VIRTUAL_ENV", root.resolve("active").toString());
        assertChosen("active/bin/python", "VIRTUAL_ENV");
        project.program("mine/py");
        assertEquals(root.resolve("mine/py"), choose("mine/py").path());
        assertEquals("MCP_MESH_PYTHON", choose("mine/py").origin().text());
        assertEquals(root.resolve("path/python3"), choose("python3").path());
    }

    @Test
    void theProjectRootIsLookedAtBeforeTheWorkingDirectory() throws IOException {
        project.program("sub/.venv/bin/python");
        Surroundings below = new Surroundings(project.environment, root.resolve("sub"), root, Path.of("/lib"));
        assertEquals(".venv/bin/python", choose(below).label());
        project.program(".venv/bin/python3");
        project.file(".venv/pyvenv.cfg", "");
        assertEquals(root.resolve(".venv/bin/python3"), choose(below).path());
    }

    @Test
    void aFolderThatMerelyHasTheNameIsNoEnvironment() throws IOException {
        project.program("path/python3");
        project.file("venv/readme.txt", "");
        project.file(".venv", "../elsewhere");
        assertChosen("path/python3", "PATH");
    }

    @Test
    void theEnvironmentTellsItsVersion() throws IOException {
        Path python = project.program(".venv/bin/python");
        String[][] table = {
            {"home = /usr\nversion = 3.11.7\n", "3.11.7"},
            {"version_info = 3.12.1.final.0\r\n", "3.12.1"},
            {"version_info=3.13", "3.13"},
            {"version = ?", ""},
            {"home = /usr", ""}};
        for (String[] row : table) {
            project.file(".venv/pyvenv.cfg", row[0]);
            assertEquals(row[1], choose(project.place()).version().orElse(""), row[0]);
        }
        Files.delete(root.resolve(".venv/pyvenv.cfg"));
        assertEquals(Optional.empty(), VenvVersion.of(python));
        assertEquals(List.of(), probed);
    }

    @Test
    void everyKindOfBrokenInterpreterHasItsOwnWords() throws IOException {
        project.folder("mine/dir");
        project.file("mine/plain", "x");
        project.script("mine/shebang", "#!/no/such/python -u\n");
        project.script("mine/dos", "#!/bin/sh\r\n");
        project.script("mine/text", "print(1)\n");
        project.script("mine/empty", "");
        Files.createSymbolicLink(root.resolve("mine/link"), Path.of("/no/python3.9"));
        String[][] table = {
            {"mine/none", "mine/none does not exist"},
            {"mine/dir", "mine/dir is a directory"},
            {"mine/plain", "mine/plain is not executable"},
            {"mine/link", "mine/link is a link to /no/python3.9, which does not exist"},
            {"mine/shebang", "mine/shebang begins with #!/no/such/python, which does not exist"},
            {"mine/dos", "mine/dos begins with #!/bin/sh\\r, which does not exist"},
            {"mine/text", "mine/text is neither a program for this machine nor a script with a #! line"},
            {"mine/empty", "mine/empty is neither a program for this machine nor a script with a #! line"},
            {"mine", "mine is a directory"},
            {"python9", "python9 is not on PATH"},
            {"a\0b", "a\\x00b is no path"}};
        for (String[] row : table) {
            String message = refusal(row[0]);
            assertTrue(message.startsWith("MCP_MESH_PYTHON: " + row[1] + "; name a Python"), message);
        }
    }

    @Test
    void aBrokenEnvironmentIsAnErrorAndNeverPassedOver() throws IOException {
        project.program("path/python3");
        project.folder(".venv/bin");
        Files.createSymbolicLink(root.resolve(".venv/bin/python"), Path.of("/no/python3.9"));
        String message = refusal();
        assertTrue(message.startsWith(".venv: .venv/bin/python is a link to /no/python3.9, which does not exist; "
                + "make it again (python3 -m venv --clear .venv)"), message);
        project.environment.put("VIRTUAL_ENV", root.resolve("gone").toString());
        assertTrue(refusal().startsWith("VIRTUAL_ENV: the virtual environment gone is no folder; run deactivate"));
    }

    @Test
    void noPythonAtAllSaysWhereItWasLookedFor() {
        assertTrue(refusal().startsWith("no Python found: no .venv, no venv, and neither python3 nor python on PATH"));
    }

    @Test
    void aShimIsResolvedOnceAndNativeProgramsAreNot() throws IOException {
        Path shim = project.script("path/python3", "#!/bin/sh\nexec real\n");
        Path real = project.program("real/python3.11");
        answer = Optional.of(new InterpreterProbe.Probed(real, "3.11.7"));
        Interpreter chosen = choose(project.place());
        assertEquals(new Interpreter(real, "path/python3", new Origin("PATH"), Optional.of("3.11.7")), chosen);
        assertEquals(List.of(shim), probed);
    }

    @Test
    void aShimThatDoesNotAnswerUsefullyIsUsedAsItIs() throws IOException {
        Path shim = project.script("path/python3", "#!/bin/sh\n");
        assertEquals(shim, choose(project.place()).path());
        answer = Optional.of(new InterpreterProbe.Probed(root.resolve("nowhere"), "3"));
        assertEquals(shim, choose(project.place()).path());
    }

    @Test
    void pathIsSearchedAsTheSystemDoes() throws IOException {
        project.folder("one/python3");
        project.file("two/python3", "not executable");
        Path python = project.program("three/python3");
        project.environment.put("PATH", "one::two:a\0b:" + root.resolve("three"));
        assertEquals(python, choose(project.place()).path());
        project.environment.put("PATH", "");
        assertEquals(project.program("python3"), choose(project.place()).path());
    }

    private void assertChosen(String label, String origin) {
        Interpreter chosen = choose(project.place());
        assertEquals(label, chosen.label());
        assertEquals(root.resolve(label), chosen.path());
        assertEquals(origin, chosen.origin().text());
    }

    private Interpreter choose(Surroundings place) {
        return new Interpreters(place, Optional.empty(), this::probe).choose();
    }

    private Interpreter choose(String asked) {
        Sourced<String> wanted = new Sourced<>(asked, Origin.variable("MCP_MESH_PYTHON"));
        return new Interpreters(project.place(), Optional.of(wanted), this::probe).choose();
    }

    private Optional<InterpreterProbe.Probed> probe(Path shim) {
        probed.add(shim);
        return answer;
    }

    private String refusal(String asked) {
        return assertThrows(ConfigException.class, () -> choose(asked)).getMessage();
    }

    private String refusal() {
        return assertThrows(ConfigException.class, () -> choose(project.place())).getMessage();
    }
}
