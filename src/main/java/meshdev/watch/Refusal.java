package meshdev.watch;

import java.nio.file.Path;

/** A file that an event named although it is not watched, and why it is not. */
public record Refusal(Path file, Decision decision) {
}
