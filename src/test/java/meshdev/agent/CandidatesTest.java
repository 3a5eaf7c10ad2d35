package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidatesTest {
    private static final Candidates CANDIDATES = new Candidates(List.of(Path.of("/p/agents")), Set.of(Path.of("/p/more/x.py")));

    @ParameterizedTest
    @CsvSource({"/p/agents/a.py, true", "/p/agents/a.ipynb, true", "/p/agents/a/main.py, true", "/p/agents/a/src/index.ts, true",
            "/p/agents/a/x.jar, true", "/p/agents/main.py, true", "/p/more/x.py, true", "/p/more/x.py/main.py, true",
            "/p/agents/a/helper.py, false", "/p/agents/a/b/c/main.py, false", "/p/lib/a.py, false", "/p/agents/a.txt, false"})
    void anAgentBeginsDirectlyInAStartFolderOrAtAnEntryPointBelow(String file, boolean expected) {
        assertEquals(expected, CANDIDATES.mayHold(Path.of(file)));
    }

    @Test
    void aModuleLooksLikeOneByWhatIsInIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.py");
        assertEquals(false, CANDIDATES.looksLikeAgent(file));
        Files.writeString(file, "x = 1\n");
        assertEquals(false, CANDIDATES.looksLikeAgent(file));
        Files.writeString(file, TestProject.GUARDED);
        assertEquals(true, CANDIDATES.looksLikeAgent(file));
    }
}
