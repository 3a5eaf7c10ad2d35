package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.config.Flags;
import meshdev.report.ColorMode;
import meshdev.watch.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which changes lead to another reading or search. */
@Timeout(10)
class EditSorterTest {
    @TempDir
    Path root;
    private final EditQueue queue = new EditQueue(Duration.ZERO, () -> Instant.EPOCH);
    private final EditSorter sorter = new EditSorter(new Inlet(), new FileIdentities(), queue,
            new Noticing(InstantSource.system(), InstantSource.system()));
    private Project project;

    @BeforeEach
    void load() throws IOException {
        Files.createDirectories(root.resolve("agents"));
        Files.writeString(root.resolve("agents/orders.py"), "if __name__ == '__main__': pass\n");
        Options options = new Options(List.of(), Flags.NONE, Optional.empty(), ColorMode.NEVER, false, false, false, List.of(), false);
        project = Project.load(options, new Caller(Map.of("PATH", System.getenv("PATH")), root, root, false, StandardCharsets.UTF_8));
    }

    private EditQueue.Batch pass(String file, Change.Kind kind) throws InterruptedException {
        Path path = root.resolve(file);
        sorter.pass(List.of(new Change(path, kind, project.rules().decide(path))), project, Instant.EPOCH);
        queue.add(EditQueue.Batch.NONE, Instant.EPOCH); // so that there is something to take
        return queue.take().orElseThrow();
    }

    @Test
    void aSettingsFileIsRead() throws InterruptedException {
        assertEquals(Set.of(root.resolve(".env")), pass(".env", Change.Kind.CREATED).configuration());
        assertEquals(Set.of(root.resolve(".meshwatch")), pass(".meshwatch", Change.Kind.DELETED).configuration());
    }

    @Test
    void anAgentsFileIsLookedForOnlyWhenItIsGone() throws InterruptedException {
        assertEquals(Set.of(), pass("agents/orders.py", Change.Kind.MODIFIED).candidates());
        assertEquals(Set.of(root.resolve("agents/orders.py")), pass("agents/orders.py", Change.Kind.DELETED).candidates());
    }

    @Test
    void aFileThatMayBeAnAgentIsLookedAtAndOthersAreNot() throws InterruptedException {
        assertEquals(Set.of(root.resolve("agents/new.py")), pass("agents/new.py", Change.Kind.CREATED).candidates());
        assertEquals(EditQueue.Batch.NONE, pass("lib/tax.py", Change.Kind.CREATED));
    }
}
