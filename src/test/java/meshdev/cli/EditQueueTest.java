package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EditQueueTest {
    private static final Path MESHWATCH = Path.of("/p/.meshwatch");
    private static final Path ENV = Path.of("/p/.env");

    private volatile Instant now = Instant.EPOCH;
    private final EditQueue queue = new EditQueue(Duration.ofMillis(500), () -> now);

    private EditQueue.Batch edit(Path file, long number) {
        return new EditQueue.Batch(Set.of(file), Set.of(), Set.of(), number, now);
    }

    @Test
    void editsWaitForQuietAndComeTogether() throws InterruptedException {
        queue.add(edit(MESHWATCH, 1), now);
        now = now.plusMillis(400);
        queue.add(edit(ENV, 2), now);
        now = now.plusMillis(500);
        EditQueue.Batch batch = queue.take().orElseThrow();
        assertEquals(Set.of(MESHWATCH, ENV), batch.configuration());
        assertEquals(2, batch.number());
        assertEquals(Instant.EPOCH, batch.firstAt());
    }

    @Test
    void anEndForGoodIsHandledAtOnce() throws InterruptedException {
        queue.left("orders");
        assertEquals(Set.of("orders"), queue.take().orElseThrow().left());
    }

    @Test
    void anEndForGoodWaitsForEditsAndDoesNotPutThemOff() throws InterruptedException {
        queue.add(edit(MESHWATCH, 1), now);
        now = now.plusMillis(499);
        queue.left("orders");
        now = now.plusMillis(1);
        EditQueue.Batch batch = queue.take().orElseThrow();
        assertEquals(Set.of("orders"), batch.left());
        assertEquals(Set.of(MESHWATCH), batch.configuration());
    }

    @Test
    void whatIsNotQuietIsWaitedForByTheClock() throws Exception {
        EditQueue real = new EditQueue(Duration.ofMillis(50), InstantSource.system());
        CompletableFuture<EditQueue.Batch> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return real.take().orElseThrow();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Instant begin = Instant.now();
        real.add(edit(ENV, 1), begin);
        assertEquals(Set.of(ENV), taken.get(5, TimeUnit.SECONDS).configuration());
        assertFalse(Instant.now().isBefore(begin.plusMillis(50)));
    }

    @Test
    void aNewerEditMakesTheOlderOneVoidAndTakesItsFiles() throws InterruptedException {
        queue.add(edit(MESHWATCH, 1), now);
        now = now.plusMillis(500);
        EditQueue.Batch older = queue.take().orElseThrow();
        assertFalse(queue.isOutdated(older));
        queue.add(edit(ENV, 2), now);
        assertTrue(queue.isOutdated(older));
        now = now.plusMillis(500);
        assertEquals(Set.of(MESHWATCH, ENV), queue.take().orElseThrow().configuration());
    }

    @Test
    void anEndlessWriterDoesNotStarveAnEdit() throws InterruptedException {
        queue.add(edit(MESHWATCH, 1), now);
        now = now.plusMillis(500);
        EditQueue.Batch older = queue.take().orElseThrow();
        now = now.plusSeconds(5);
        queue.add(edit(MESHWATCH, 2), now);
        assertFalse(queue.isOutdated(older));
    }

    @Test
    void otherChangesAreAnsweredWithTheConfigurationAndDoNotPutItOff() throws InterruptedException {
        assertFalse(queue.join(1));
        queue.add(edit(MESHWATCH, 2), now);
        now = now.plusMillis(400);
        assertTrue(queue.join(3));
        now = now.plusMillis(100);
        assertEquals(3, queue.take().orElseThrow().number());
        assertFalse(queue.hasConfiguration());
    }

    @Test
    void aClosedQueueGivesNothingMore() throws InterruptedException {
        queue.close();
        assertTrue(queue.take().isEmpty());
    }
}
