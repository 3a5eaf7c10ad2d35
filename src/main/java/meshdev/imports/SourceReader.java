package meshdev.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Reads what source files say about imports. Blocks, within limits of its own. */
@FunctionalInterface
public interface SourceReader {
    /**
     * @return what each file says; {@link SourceFacts#unreadable} for one that is gone or cannot be parsed, and nothing for
     *         a file that was not looked at
     * @throws IOException when no file can be read at present; the message is for the user
     */
    Map<Path, SourceFacts> read(Collection<Path> files) throws IOException;
}
