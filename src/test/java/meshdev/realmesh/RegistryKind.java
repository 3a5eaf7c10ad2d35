package meshdev.realmesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import meshdev.blackbox.TestProject;

/** The registry that mesh-dev is to start: it takes the program where it finds one, else its own. */
enum RegistryKind {
    REAL {
        @Override
        void putInto(TestProject project) {
            Path link = project.file("bin/mcp-mesh-registry");
            try {
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, Parts.registry());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    EMBEDDED {
        @Override
        void putInto(TestProject project) {
            // nothing to be found
        }
    };

    abstract void putInto(TestProject project);
}
