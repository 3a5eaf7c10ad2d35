package meshdev.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The variables of one {@code .env} file, read once. Nothing in it is ever executed or expanded.
 *
 * @param values in the order of the file, the last of several equal names; prints its names only
 * @param faults what is wrong with lines that make no sense
 * @param notes  complete sentences on the file as a whole
 */
public record DotEnv(Map<String, String> values, List<Fault> faults, List<String> notes) {
    /** No file, no variables. */
    public static final DotEnv EMPTY = new DotEnv(Map.of(), List.of(), List.of());

    /**
     * What is wrong with a line.
     *
     * @param line    from 1
     * @param problem never with a value
     */
    public record Fault(String file, int line, String problem) {
        /** Other lines came before it or went, and nothing else happened. */
        boolean isSame(Fault other) {
            return file.equals(other.file) && problem.equals(other.problem);
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + problem;
        }
    }

    public DotEnv {
        values = SecretMap.copyOf(values);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /** Complete sentences for a user whose faulty lines count for nothing. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(notes);
        faults.forEach(fault -> warnings.add(fault + "; the line was left out"));
        return warnings;
    }

    /**
     * Reads a file that the user named. Lines that make no sense are left out with a warning.
     *
     * @param displayName the path as the user would type it, for messages
     * @throws ConfigException when the file is missing, unreadable, bigger than 1 MiB or no regular file
     */
    public static DotEnv read(Path file, String displayName) {
        String text = new String(PlainFile.read(file, displayName), StandardCharsets.UTF_8);
        return parse(text, displayName);
    }

    /**
     * Reads a file that need not be there. A folder (some keep a virtual environment under {@code .env}), pipe or device of
     * that name is left alone, with a warning.
     */
    public static DotEnv readIfPresent(Path file, String displayName) {
        if (!PlainFile.isThere(file)) {
            return EMPTY;
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new DotEnv(Map.of(), List.of(), List.of(displayName + ": is no regular file and was not read"));
        }
        return read(file, displayName);
    }

    /** Understands the text of such a file; every text is accepted. */
    public static DotEnv parse(String text, String displayName) {
        return new DotEnvParser(SourceText.withoutMark(text), displayName).parse();
    }
}
