package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassListTest {
    private static final String OLD = "# NOTE\njava/lang/Object id: 0\n@lambda-proxy a/B apply ()V\n";
    private static final String NEW = OLD + "@cp a/B 1 2 7\n";

    @TempDir
    Path temp;

    private ClassList fit(String recorded, int version) throws IOException {
        return ClassList.fit(Files.writeString(recorded(), recorded), version, copy());
    }

    private Path recorded() {
        return temp.resolve("classes.lst");
    }

    private Path copy() {
        return temp.resolve("copy.lst");
    }

    @Test
    void aListWithoutReferencesIsReadAsItIsByEveryJava() throws IOException {
        for (int version : List.of(17, 25)) {
            assertEquals(List.of("-XX:SharedClassListFile=" + recorded()), fit(OLD, version).options());
        }
        assertFalse(Files.exists(copy()));
    }

    @Test
    void whereReferencesAreToldClassesAreArchivedLinked() throws IOException {
        assertEquals(List.of("-XX:SharedClassListFile=" + recorded(), "-XX:+AOTClassLinking"), fit(NEW, 24).options());
        assertFalse(Files.exists(copy()));
    }

    @Test
    void anOlderJavaGetsTheLinesThatItUnderstands() throws IOException {
        assertEquals(List.of("-XX:SharedClassListFile=" + copy()), fit(NEW, 23).options());
        assertEquals(OLD, Files.readString(copy()));
    }
}
