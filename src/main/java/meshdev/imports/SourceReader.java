package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads what source files say about imports. Asked by one thread at a time; may take long. */
@FunctionalInterface
public interface SourceReader {
    /**
     * @return for each file what it says; one without an answer counts as {@link SourceFacts#unreadable()}
     * @throws IOException when nothing can be said of any of them, or not in time; for users, with the remedy
     */
    Map<Path, SourceFacts> read(List<Path> files) throws IOException;
}
