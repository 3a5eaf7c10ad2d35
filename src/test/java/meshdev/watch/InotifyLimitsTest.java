package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class InotifyLimitsTest {
    @Test
    void theWordsNameTheNeedTheLimitAndTheCommand() throws Exception {
        Path limit = Path.of("/proc/sys/fs/inotify/max_user_watches");
        Assumptions.assumeTrue(Files.exists(limit), "Linux only");
        Process cat = new ProcessBuilder("cat", limit.toString(), "/proc/sys/user/max_inotify_watches").start();
        long smallest = new String(cat.getInputStream().readAllBytes()).lines().mapToLong(Long::parseLong).min()
                .orElseThrow();
        String words = InotifyLimits.explain("User limit of inotify watches reached", 700_000);
        assertTrue(words.contains("needs 700000 inotify watches"), words);
        assertTrue(words.contains("may have " + smallest + " "), words);
        assertTrue(words.endsWith("sudo sysctl -w fs.inotify.max_user_watches=1400000"), words);
    }
}
