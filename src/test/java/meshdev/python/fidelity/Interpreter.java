package meshdev.python.fidelity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import meshdev.python.Pythons;

/**
 * A CPython of this machine that may preload.
 *
 * @param minor of 3.MINOR
 */
record Interpreter(Path executable, int minor) {
    private static final int OLDEST = 8;
    private static final String QUESTION = "import os, sys; print(os.path.realpath(sys.executable), sys.version_info[1], "
            + "sys.version_info[0] == 3 and sys.implementation.name == 'cpython')";
    private static final List<Interpreter> ALL = find();

    static List<Interpreter> all() {
        return ALL;
    }

    static Interpreter newest() {
        return ALL.get(ALL.size() - 1);
    }

    boolean isAtLeast(int wanted) {
        return minor >= wanted;
    }

    private static List<Interpreter> find() {
        List<Interpreter> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Path python : Pythons.all()) {
            String[] words = answer(python).split(" ");
            if (words.length == 3 && words[2].equals("True") && Integer.parseInt(words[1]) >= OLDEST && seen.add(words[0])) {
                found.add(new Interpreter(Path.of(words[0]), Integer.parseInt(words[1])));
            }
        }
        found.sort((one, other) -> Integer.compare(one.minor(), other.minor()));
        return found;
    }

    private static String answer(Path python) {
        ProcessBuilder asked = new ProcessBuilder(python.toString(), "-c", QUESTION);
        try {
            return new String(asked.start().getInputStream().readAllBytes()).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "3." + minor;
    }
}
