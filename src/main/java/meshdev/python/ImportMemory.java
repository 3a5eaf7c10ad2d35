package meshdev.python;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one agent's imports, and so whether they may be made beforehand. A value that changes, without threads or
 * files; its user guards it.
 */
final class ImportMemory {
    private Optional<Learned> learned = Optional.empty();
    private Optional<Distrust> distrust = Optional.empty();
    private Duration warmUp = Duration.ZERO;
    private long kilobytes;
    private boolean recording;

    /** Why these imports, in this order, must not be made beforehand. */
    private record Distrust(String why, List<String> modules) {
    }

    /** What may be preloaded; empty when nothing is known, or what is known must not be used. */
    Optional<Learned> usable() {
        return distrust.isPresent() ? Optional.empty() : learned;
    }

    /** What the last recorded run imported; none when that is not known. */
    List<SlowImport> imports() {
        return learned.map(Learned::imports).orElse(List.of());
    }

    /** Why what is known is not used; empty when it is, or when nothing is known. */
    Optional<String> distrusted() {
        return distrust.map(Distrust::why);
    }

    /** How long preloading takes: as long as last time, or else as the imports took. */
    Duration warmUp() {
        return warmUp.isZero() ? learned.map(Learned::took).orElse(Duration.ZERO) : warmUp;
    }

    /** How much memory preloaded modules take; 0 as long as nobody knows. */
    long kilobytes() {
        return kilobytes;
    }

    /** Modules were preloaded. */
    void preloaded(Duration took, long memory) {
        warmUp = took;
        kilobytes = memory;
    }

    /** A run begins; when it is recorded, what was known gives way to what it will tell. */
    void launched(boolean recorded) {
        recording = recorded;
        if (recorded) {
            learned = Optional.empty();
        }
    }

    /** Whether the run that is up has a record that was not looked into yet; says so once. */
    boolean takeRecording() {
        boolean was = recording;
        recording = false;
        return was;
    }

    /** Other imports than those that are distrusted deserve another try. */
    void learn(Learned now) {
        distrust = distrust.filter(old -> old.modules().equals(now.modules()));
        learned = Optional.of(now);
        warmUp = Duration.ZERO;
    }

    /** What is known must not be used, as long as the imports are the same. */
    void distrust(String why) {
        distrust = Optional.of(new Distrust(why, learned.map(Learned::modules).orElse(List.of())));
    }

    /**
     * Why what is known is not true of the sources as they have become; empty when it is.
     *
     * @param changed what the agent is reloaded for
     * @param now     the surfaces of those that have one
     */
    Optional<String> contradiction(Set<Path> changed, Map<Path, String> now) {
        for (Path file : changed) {
            if (!file.toString().endsWith(".py")) {
                return Optional.of(file.getFileName() + " changed, which may decide what is imported");
            }
            if (learned.isEmpty() || !learned.get().isTrueOf(file, Optional.ofNullable(now.get(file)))) {
                return Optional.of("what " + file.getFileName() + " imports, or does to the process, has changed");
            }
        }
        return Optional.empty();
    }
}
