package meshdev.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of an archive, as the build recorded them, in words that the Java which makes the archive understands.
 *
 * @param file  what {@code -XX:SharedClassListFile} names
 * @param links whether it tells what the classes refer to as well: then they are archived in their linked state, which makes
 *              a start faster. A list that does not tell makes such an archive slower than an ordinary one.
 */
record ClassList(Path file, boolean links) {
    /** The first that writes and reads {@code @cp} lines, and archives linked classes. Source: JEP 483. */
    private static final int LINKING = 24;
    private static final String REFERENCES = "@cp ";

    /**
     * The list for one version of Java.
     *
     * @param recorded by the Java that the build ran on
     * @param version  of the Java that reads it, such as 17
     * @param copy     written only when that one would not understand all lines
     */
    static ClassList fit(Path recorded, int version, Path copy) throws IOException {
        List<String> lines = Files.readAllLines(recorded);
        List<String> known = new ArrayList<>(lines);
        known.removeIf(line -> line.startsWith(REFERENCES));
        boolean refers = known.size() < lines.size();
        if (!refers || version >= LINKING) {
            return new ClassList(recorded, refers);
        }
        return new ClassList(Files.write(copy, known), false);
    }

    List<String> options() {
        String list = "-XX:SharedClassListFile=" + file;
        return links ? List.of(list, "-XX:+AOTClassLinking") : List.of(list);
    }
}
