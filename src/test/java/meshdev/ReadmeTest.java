package meshdev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md promises is held by the tests it names. */
class ReadmeTest {
    private static final Pattern NAMED_TEST = Pattern.compile("\\| `(\\w+IT)\\.(\\w+)` \\|");

    @Test
    void everyTestThatAPromiseNamesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int promises = 0;
        Matcher named = NAMED_TEST.matcher(Files.readString(Path.of("README.md")));
        while (named.find()) {
            promises++;
            Path file = Path.of("src/test/java/meshdev/blackbox", named.group(1) + ".java");
            if (!Files.exists(file) || !Files.readString(file).contains(" void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(promises > 30, promises + " promises");
    }
}
