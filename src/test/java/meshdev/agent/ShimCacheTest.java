package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShimCacheTest {
    @TempDir
    Path root;
    private TestProject project;
    private Path shim;
    private Path real;
    private Optional<InterpreterProbe.Probed> answer;
    private int asked;

    @BeforeEach
    void prepare() throws IOException {
        project = new TestProject(root);
        project.environment.put("HOME", root.resolve("home").toString());
        shim = project.script("shims/python3", "#!/bin/sh\n");
        real = project.program("real/python");
        answer = Optional.of(new InterpreterProbe.Probed(real, "3.11.7"));
    }

    @Test
    void anAnswerIsRememberedAcrossRuns() {
        assertEquals(answer, probe());
        assertEquals(answer, probe());
        assertEquals(1, asked);
    }

    @Test
    void everythingThatDecidesTheAnswerForgetsIt() throws IOException {
        List<Runnable> changes = List.of(
                () -> project.environment.put("PYENV_VERSION", "3.12"),
                () -> project.environment.put("ASDF_PYTHON_VERSION", "3.12"),
                () -> project.environment.put("MISE_X", "1"),
                () -> project.environment.put("RTX_X", "1"),
                () -> project.environment.put("PATH", "/x"),
                () -> project.file(".python-version", "3.12"),
                () -> project.file(".tool-versions", "python 3.12"),
                () -> project.file("mise.toml", ""),
                () -> project.file(".mise.toml", ""),
                () -> project.file("home/.tool-versions", "python 3.12"),
                () -> project.file("home/.pyenv/version", "3.12"),
                () -> project.script("shims/python3", "#!/bin/sh\n#changed\n"),
                () -> project.environment.put("PYENV_ROOT", root.resolve("pyenv").toString()),
                () -> project.file("pyenv/version", "3.13"));
        for (int i = 0; i < changes.size(); i++) {
            probe();
            int before = asked;
            changes.get(i).run();
            probe();
            assertEquals(before + 1, asked, "change " + i);
        }
    }

    @Test
    void aReplacedOrRemovedInterpreterIsAskedForAgain() throws IOException {
        probe();
        Files.setLastModifiedTime(real, FileTime.fromMillis(1_000_000));
        probe();
        assertEquals(2, asked);
        Files.delete(real);
        probe();
        assertEquals(3, asked);
    }

    @Test
    void otherVariablesDoNotMatterAndNoValueIsWritten() throws IOException {
        project.environment.put("MISE_GITHUB_TOKEN", "hunter2");
        probe();
        project.environment.put("TERM", "dumb");
        probe();
        assertEquals(1, asked);
        assertFalse(Files.readString(entry()).contains("hunter2"));
    }

    @Test
    void aCorruptEntryIsIgnoredAndReplaced() throws IOException {
        probe();
        String good = Files.readString(entry());
        List<String> bad = List.of("", "\n\n\n\n\n", good.substring(0, good.length() - 3), "x" + good,
                good.replace(real.toString(), "\0"));
        for (String text : bad) {
            int before = asked;
            Files.writeString(entry(), text);
            assertEquals(answer, probe());
            assertEquals(before + 1, asked, text);
            assertEquals(good, Files.readString(entry()));
        }
    }

    @Test
    void noAnswerIsNotRemembered() {
        answer = Optional.empty();
        assertEquals(Optional.empty(), probe());
        probe();
        assertEquals(2, asked);
    }

    @Test
    void aCacheThatCannotBeWrittenIsAsGoodAsNone() {
        project.file("home/.mcp-mesh/cache", "a file");
        assertEquals(answer, probe());
        assertEquals(answer, probe());
        assertEquals(2, asked);
    }

    private Optional<InterpreterProbe.Probed> probe() {
        return new ShimCache(root.resolve("home/.mcp-mesh"), project.place(), path -> {
            asked++;
            assertEquals(shim, path);
            return answer;
        }).probe(shim);
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("home/.mcp-mesh/cache/interpreters"))) {
            List<Path> entries = files.toList();
            assertTrue(entries.size() == 1, "one entry and no draft: " + entries);
            return entries.get(0);
        }
    }
}
