package meshdev.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The newest incarnations of one agent and their memory, each at the same age. Not thread-safe. */
final class Incarnations {
    private static final int KEPT = 20;

    private final Newest<Life> lives = new Newest<>(KEPT);

    /** Changed here only. */
    private static final class Life {
        private final long pid;
        private final Instant readyAt;
        private boolean alive = true;
        private boolean asked;
        private OptionalLong bytes = OptionalLong.empty();

        Life(long pid, Instant readyAt) {
            this.pid = pid;
            this.readyAt = readyAt;
        }
    }

    /** Whoever was ready before has ended. */
    void ready(long pid, Instant now) {
        if (living().isEmpty() || living().getAsLong() != pid) {
            ended();
            lives.add(new Life(pid, now));
        }
    }

    void ended() {
        if (!lives.isEmpty()) {
            lives.last().alive = false;
        }
    }

    /** The pid of what is ready now. */
    OptionalLong living() {
        return lives.isEmpty() || !lives.last().alive ? OptionalLong.empty() : OptionalLong.of(lives.last().pid);
    }

    /** Since when the living one is ready whose memory nobody has asked for. */
    Optional<Instant> unmeasuredSince() {
        return living().isPresent() && !lives.last().asked ? Optional.of(lives.last().readyAt) : Optional.empty();
    }

    /** The memory at the age at which all are measured, as far as it is known; of one that has ended meanwhile, nothing. */
    void measured(long pid, OptionalLong bytes) {
        if (living().isPresent() && living().getAsLong() == pid) {
            lives.last().asked = true;
            lives.last().bytes = bytes;
        }
    }

    /** Whether they grow. */
    Optional<MemoryGrowth> growth() {
        List<Long> sizes = new ArrayList<>();
        lives.all().forEach(life -> life.bytes.ifPresent(sizes::add));
        return MemoryGrowth.of(sizes);
    }

    void addTo(Map<String, Object> document, Instant now) {
        living().ifPresent(pid -> {
            document.put("pid", pid);
            document.put("readyForSeconds", Duration.between(lives.last().readyAt, now).toSeconds());
        });
        List<Map<String, Object>> all = new ArrayList<>();
        for (Life life : lives.all()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("pid", life.pid);
            life.bytes.ifPresent(bytes -> one.put("memoryBytes", bytes));
            all.add(one);
        }
        document.put("incarnations", all);
    }
}
