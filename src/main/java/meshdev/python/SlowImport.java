package meshdev.python;

import java.time.Duration;

/** An import of an agent and how long it took. */
public record SlowImport(String module, Duration took) {
}
