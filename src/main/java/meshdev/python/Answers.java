package meshdev.python;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meshdev.imports.SourceFacts;

/** Reads the words of the inspector's answers; what they mean is told in {@code facts.py} and {@code inspector.py}. */
final class Answers {
    private Answers() {
    }

    /** @param words after {@code FACTS} */
    static SourceFacts facts(String[] words) {
        List<SourceFacts.Import> imports = new ArrayList<>();
        List<SourceFacts.Prefix> prefixes = new ArrayList<>();
        List<SourceFacts.PathEntry> paths = new ArrayList<>();
        List<SourceFacts.Computed> computed = new ArrayList<>();
        List<String> exports = new ArrayList<>();
        for (String word : words) {
            String[] part = word.split(",", -1);
            switch (part[0]) {
                case "i" -> imports.add(imported(part));
                case "p" -> prefixes.add(new SourceFacts.Prefix(number(part[1]), number(part[2]), Hex.text(part[3])));
                case "s" -> addPath(part, paths, computed);
                case "c" -> computed.add(new SourceFacts.Computed(number(part[1]), Hex.text(part[2])));
                case "e" -> exports.add(Hex.text(part[1]));
                case "b" -> {
                    return SourceFacts.unreadable();
                }
                default -> { }
            }
        }
        return new SourceFacts(imports, prefixes, paths, computed, exports, false);
    }

    /** A path that this system cannot express may be anywhere. */
    private static void addPath(String[] part, List<SourceFacts.PathEntry> paths, List<SourceFacts.Computed> computed) {
        try {
            paths.add(new SourceFacts.PathEntry(number(part[1]), Path.of(Hex.text(part[3])), part[2].equals("1")));
        } catch (InvalidPathException e) {
            computed.add(new SourceFacts.Computed(number(part[1]), "a search path whose name is not valid text"));
        }
    }

    private static SourceFacts.Import imported(String[] part) {
        List<String> names = new ArrayList<>();
        for (int at = 4; at < part.length; at++) {
            names.add(Hex.text(part[at]));
        }
        return new SourceFacts.Import(number(part[1]), number(part[2]), Hex.text(part[3]), names);
    }

    /** @param words after {@code ERROR} */
    static SourceError error(Path file, String[] words) {
        return new SourceError(file, number(words[0]), number(words[1]), number(words[2]), number(words[3]),
                Hex.text(words[4]), words.length > 5 ? Hex.text(words[5]) : "");
    }

    /** @param words after {@code HELLO} */
    static SearchPath searchPath(String[] words) {
        String version = "";
        Set<String> builtins = new HashSet<>();
        List<Path> entries = new ArrayList<>();
        Map<String, Path> editable = new LinkedHashMap<>();
        for (String word : words) {
            String[] part = word.split(",", -1);
            switch (part[0]) {
                case "v" -> version = Hex.text(part[1]);
                case "b" -> builtins.add(Hex.text(part[1]));
                case "p" -> entries.add(Path.of(Hex.text(part[1])));
                case "m" -> editable.put(Hex.text(part[1]), Path.of(Hex.text(part[2])));
                default -> { }
            }
        }
        return new SearchPath(version, builtins, entries, editable);
    }

    /** The surface that an answer tells; empty when the source has none. */
    static Optional<String> surface(String... words) {
        String surface = words[0].equals("SURFACE") ? Hex.text(words[1]) : "-";
        return surface.equals("-") ? Optional.empty() : Optional.of(surface);
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
