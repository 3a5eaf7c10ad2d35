package meshdev.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Sums up size and change time of a file or folder as text, to notice that it is another one. */
final class FileStamp {
    /** The stamp of what is not there. */
    static final String NONE = "-";

    private FileStamp() {
    }

    static String of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            return Long.toString(attributes.size()).concat("/").concat(Long.toString(nanos));
        } catch (IOException e) {
            return NONE;
        }
    }
}
