package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdentitiesTest {
    private final FileIdentities identities = new FileIdentities();
    @TempDir
    Path folder;
    private Path a;
    private Path b;

    @BeforeEach
    void write() throws IOException {
        a = Files.writeString(folder.resolve("a.py"), "one");
        b = folder.resolve("b.py");
        identities.saw(a);
    }

    @Test
    void aRenamedFileIsKnownThoughItIsEditedLater() throws IOException {
        Files.move(a, b);
        identities.saw(a);
        identities.sawFirst(b);
        Files.writeString(b, "edited");
        identities.sawFirst(b);
        assertTrue(identities.moved(a, b));
    }

    @Test
    void anotherFileIsNotEvenWithTheInodeOfTheDeletedOne() throws IOException {
        Files.delete(a);
        Files.writeString(b, "another");
        identities.sawFirst(b);
        assertFalse(identities.moved(a, b));
    }

    @Test
    void anAtomicSaveMakesItAnotherFile() throws IOException {
        Path saved = Files.writeString(folder.resolve("t"), "two");
        Files.move(saved, a, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        identities.saw(a);
        Files.move(a, b);
        identities.sawFirst(b);
        assertTrue(identities.moved(a, b));
    }

    @Test
    void whatIsForgottenIsNothing() throws IOException {
        identities.forget(Set.of(a));
        Files.move(a, b);
        identities.sawFirst(b);
        assertFalse(identities.moved(a, b));
    }
}
