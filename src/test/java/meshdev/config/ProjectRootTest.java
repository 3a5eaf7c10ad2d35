package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectRootTest {
    @TempDir
    Path folder;

    private Path project(String name) throws IOException {
        Path agents = Files.createDirectories(folder.resolve(name).resolve("agents"));
        Files.writeString(agents.resolve("a.py"), "");
        Files.writeString(folder.resolve(name).resolve(".meshwatch"), "");
        return folder.resolve(name);
    }

    @Test
    void theNearestFileAboveTheFirstArgumentDecides() throws IOException {
        Path one = project("one");
        Path two = project("two");
        ProjectRoot expected = new ProjectRoot(one, Optional.of(one.resolve(".meshwatch")));
        assertEquals(expected, ProjectRoot.find(List.of(Path.of("one/agents/a.py"), two), folder));
        assertEquals(expected, ProjectRoot.find(List.of(Path.of("../one/agents")), two));
        assertEquals(expected, ProjectRoot.find(List.of(one), two));
        assertEquals(expected, ProjectRoot.find(List.of(one.resolve("agents/missing.py")), two));
    }

    @Test
    void elseTheNearestAboveTheWorkingDirectoryDecides() throws IOException {
        Path one = project("one");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        assertEquals(one, ProjectRoot.find(List.of(elsewhere), one.resolve("agents")).folder());
        assertEquals(one, ProjectRoot.find(List.of(), one.resolve("agents")).folder());
    }

    @Test
    void elseItIsTheWorkingDirectory() {
        assertEquals(new ProjectRoot(folder, Optional.empty()), ProjectRoot.find(List.of(Path.of("agents")), folder));
    }

    @Test
    void aDanglingLinkCountsSoThatReadingItExplains() throws IOException {
        Files.createSymbolicLink(folder.resolve(".meshwatch"), Path.of("nowhere"));
        assertEquals(Optional.of(folder.resolve(".meshwatch")), ProjectRoot.find(List.of(), folder).meshwatch());
    }

    @ParameterizedTest
    @CsvSource({"/p/.meshwatch, /p, .meshwatch", "/p/.meshwatch, /p/a, ../.meshwatch", "/p/x/.env, /p, x/.env",
            "/p/.meshwatch, /p/a/b/c/d/e, /p/.meshwatch"})
    void aFileIsCalledAsTheUserWouldTypeIt(String file, String here, String name) {
        assertEquals(name, ProjectRoot.displayName(Path.of(file), Path.of(here)));
    }
}
