package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteCodeTest {
    @TempDir
    private Path folder;
    private Path cache;

    @BeforeEach
    void aCache() throws IOException {
        cache = Files.createDirectory(folder.resolve("__pycache__"));
        for (String name : new String[] {"tax.cpython-311.pyc", "tax.cpython-38.opt-1.pyc", "taxes.cpython-311.pyc", "tax.txt"}) {
            Files.createFile(cache.resolve(name));
        }
    }

    @Test
    void everyFormOfAChangedFileGoesAndNothingElse() {
        ByteCode.forget(Set.of(folder.resolve("tax.py")), Map.of());
        assertFalse(Files.exists(cache.resolve("tax.cpython-311.pyc")));
        assertFalse(Files.exists(cache.resolve("tax.cpython-38.opt-1.pyc")));
        assertTrue(Files.exists(cache.resolve("taxes.cpython-311.pyc")));
        assertTrue(Files.exists(cache.resolve("tax.txt")));
    }

    @Test
    void otherFilesHaveNone() throws IOException {
        ByteCode.forget(Set.of(folder.resolve("tax.yaml"), Path.of("/no/such/folder/tax.py")), Map.of());
        try (var left = Files.list(cache)) {
            assertEquals(4, left.count());
        }
    }

    @Test
    void aCacheElsewhereIsFoundByItsPrefix() throws IOException {
        Path prefix = folder.resolve("elsewhere");
        Path moved = Files.createDirectories(prefix.resolve(folder.toString().substring(1))).resolve("tax.cpython-311.pyc");
        Files.createFile(moved);
        ByteCode.forget(Set.of(folder.resolve("tax.py")), Map.of("PYTHONPYCACHEPREFIX", prefix.toString()));
        assertFalse(Files.exists(moved));
        assertTrue(Files.exists(cache.resolve("tax.cpython-311.pyc")));
    }
}
