package meshdev.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedFilesTest {
    private static final Path LOG = Path.of("/p/agents/a.log");
    private Instant now = Instant.EPOCH;
    private final RefusedFiles refused = new RefusedFiles(() -> now);

    @Test
    void aFileThatIsWrittenWithoutEndIsTakenOnceInAWhile() {
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            taken += refused.offer(LOG) ? 1 : 0;
            now = now.plusMillis(1);
            refused.take();
        }
        assertEquals(10, taken);
    }

    @Test
    void everyFileIsTakenOutOnce() {
        assertTrue(refused.offer(LOG));
        assertFalse(refused.offer(LOG));
        assertEquals(List.of(LOG), refused.take());
        assertEquals(List.of(), refused.take());
    }

    @Test
    void noMoreThanAHundredDifferentOnesAreTakenInThatTime() {
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            taken += refused.offer(Path.of("/p/" + i)) ? 1 : 0;
        }
        assertEquals(RefusedFiles.MOST, taken);
        assertEquals(RefusedFiles.MOST, refused.take().size());
        now = now.plus(RefusedFiles.ONCE_IN);
        assertTrue(refused.offer(LOG));
    }

    @Test
    void noMoreThanAHundredWaitWhenNobodyTakesThemOut() {
        for (int i = 0; i < 1000; i++) {
            refused.offer(Path.of("/p/" + i));
            now = now.plusSeconds(1);
        }
        assertEquals(RefusedFiles.MOST, refused.take().size());
    }
}
