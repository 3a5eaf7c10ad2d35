package meshdev.agent;

import java.nio.file.Path;
import java.util.Optional;

/** Asks an interpreter what it is, which takes a process and so belongs to another package. */
@FunctionalInterface
public interface InterpreterProbe {
    /**
     * Runs a shim once, in the working directory of mesh-dev.
     *
     * @return empty when it did not answer, for whatever reason; it is then used as it is
     */
    Optional<Probed> probe(Path shim);

    /**
     * An interpreter's answer.
     *
     * @param executable {@code sys.executable}, absolute
     * @param version    such as {@code 3.11.7}
     */
    record Probed(Path executable, String version) {
    }
}
