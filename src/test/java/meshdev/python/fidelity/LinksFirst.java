package meshdev.python.fidelity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/** Deletes a folder without a warning for each link in it. */
final class LinksFirst implements TempDirDeletionStrategy {
    @Override
    public DeletionResult delete(Path folder, AnnotatedElementContext element, ExtensionContext context) throws IOException {
        List<Path> links;
        try (Stream<Path> files = Files.walk(folder)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Files.delete(link);
        }
        return Standard.INSTANCE.delete(folder, element, context);
    }
}
