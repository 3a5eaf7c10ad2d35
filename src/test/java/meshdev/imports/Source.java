package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.imports.SourceFacts.Computed;
import meshdev.imports.SourceFacts.Import;
import meshdev.imports.SourceFacts.PathEntry;
import meshdev.imports.SourceFacts.Prefix;

/** Facts in a short notation, one statement per line: a tiny reader for tests only. */
final class Source {
    private Source() {
    }

    static SourceFacts facts(String text) {
        List<Import> imports = new ArrayList<>();
        List<Prefix> prefixes = new ArrayList<>();
        List<PathEntry> paths = new ArrayList<>();
        List<Computed> computed = new ArrayList<>();
        List<String> exports = new ArrayList<>();
        int line = 0;
        for (String statement : text.split("\n")) {
            line++;
            String[] words = statement.trim().split("[ ,]+");
            switch (words[0]) {
                case "import" -> imports.add(new Import(line, 0, words[1], List.of()));
                case "from" -> imports.add(new Import(line, level(words[1]), words[1].substring(level(words[1])),
                        List.of(words).subList(3, words.length)));
                case "prefix" -> prefixes.add(new Prefix(line, level(words[1]), words[1].substring(level(words[1]))));
                case "front", "back" -> paths.add(new PathEntry(line, Path.of(words[1]), words[0].equals("front")));
                case "all" -> exports.addAll(List.of(words).subList(1, words.length));
                case "computed" -> computed.add(new Computed(line, "import_module(" + words[1] + ")"));
                case "broken" -> {
                    return SourceFacts.unreadable();
                }
                default -> { }
            }
        }
        return new SourceFacts(imports, prefixes, paths, computed, exports, false);
    }

    private static int level(String module) {
        int dots = 0;
        while (dots < module.length() && module.charAt(dots) == '.') {
            dots++;
        }
        return dots;
    }
}
