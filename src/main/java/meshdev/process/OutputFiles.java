package meshdev.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The regular files that standard output and standard error of this process were redirected to. */
public final class OutputFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OutputFiles() {
    }

    /** Their real paths; none on a terminal, a pipe, or a system without {@code /proc}. */
    public static List<Path> ofThisProcess() {
        List<Path> files = new ArrayList<>();
        for (String number : new String[] {"1", "2"}) {
            try {
                Path target = Files.readSymbolicLink(DESCRIPTORS.resolve(number));
                if (Files.isRegularFile(target)) {
                    files.add(target);
                }
            } catch (IOException e) {
                continue; // closed, or no /proc
            }
        }
        return files;
    }
}
