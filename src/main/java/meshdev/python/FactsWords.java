package meshdev.python;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.imports.SourceFacts;

/** Reads the words of {@code facts.py}, which describes them. Used once. */
final class FactsWords {
    private final List<SourceFacts.Import> imports = new ArrayList<>();
    private final List<SourceFacts.Prefix> prefixes = new ArrayList<>();
    private final List<SourceFacts.PathEntry> paths = new ArrayList<>();
    private final List<SourceFacts.Computed> computed = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();
    private boolean broken;

    private FactsWords() {
    }

    /**
     * @param words separated by single spaces
     * @throws IllegalArgumentException when they are not what the program says
     */
    static SourceFacts read(String words) {
        FactsWords reader = new FactsWords();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            reader.word(word.split(",", -1));
        }
        return new SourceFacts(reader.imports, reader.prefixes, reader.paths, reader.computed, reader.exports, reader.broken);
    }

    private void word(String[] fields) {
        switch (fields[0]) {
            case "i" -> imports.add(new SourceFacts.Import(number(fields[1]), number(fields[2]), Hex.text(fields[3]), texts(fields, 4)));
            case "x" -> prefixes.add(new SourceFacts.Prefix(number(fields[1]), number(fields[2]), Hex.text(fields[3])));
            case "p" -> paths.add(new SourceFacts.PathEntry(number(fields[1]), Path.of(Hex.text(fields[3])), fields[2].equals("f")));
            case "c" -> computed.add(new SourceFacts.Computed(number(fields[1]), Hex.text(fields[2])));
            case "e" -> exports.addAll(texts(fields, 1));
            case "broken" -> broken = true;
            default -> throw new IllegalArgumentException("unknown word " + fields[0]);
        }
    }

    private static int number(String field) {
        return Integer.parseInt(field);
    }

    private static List<String> texts(String[] fields, int from) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < fields.length; i++) {
            texts.add(Hex.text(fields[i]));
        }
        return texts;
    }
}
