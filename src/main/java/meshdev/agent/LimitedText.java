package meshdev.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of files that somebody else wrote and that may be anything. */
final class LimitedText {
    private LimitedText() {
    }

    /** Reads at most so many bytes as UTF-8; wrong ones are replaced, never an error. */
    static String read(Path file, int limitBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(limitBytes), StandardCharsets.UTF_8);
        }
    }
}
