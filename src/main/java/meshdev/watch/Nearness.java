package meshdev.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.EditDistance;
import meshdev.config.Sourced;

/** Finds the one thing in which a path differs from what a pattern matches. Pure: changes that thing and asks the glob. */
final class Nearness {
    private static final Path ANYWHERE = Path.of("/");

    private final Glob glob;
    private final String name;
    private final String folder;
    private final String file;

    private Nearness(Glob glob, String name) {
        this.glob = glob;
        this.name = name;
        this.folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
        this.file = name.substring(name.lastIndexOf('/') + 1);
    }

    /** In which way a path is no match, the nearest way first. */
    enum Way { CASE, DOT, FOLDER_SPELLING, DEPTH, EXTENSION, NAME, FOLDER }

    /**
     * @param distance among differences of one way, the smaller is the nearer
     * @param text     for a user, without the path itself
     */
    record Difference(Way way, int distance, String text) implements Comparable<Difference> {
        private static final Comparator<Difference> ORDER =
                Comparator.comparing(Difference::way).thenComparingInt(Difference::distance);

        @Override
        public int compareTo(Difference other) {
            return ORDER.compare(this, other);
        }
    }

    /** Empty when they differ in more than one thing. Both are relative to one folder; they do not match. */
    static Optional<Difference> between(String pattern, String name) {
        return parse(pattern).flatMap(glob -> new Nearness(glob, name).least(pattern));
    }

    private Optional<Difference> least(String pattern) {
        List<Difference> found = new ArrayList<>();
        spelling(pattern).ifPresent(found::add);
        for (PatternText reading : PatternText.readings(pattern)) {
            extension(reading).ifPresent(found::add);
            depth(reading).ifPresent(found::add);
            name(reading).ifPresent(found::add);
            folder(reading).ifPresent(found::add);
        }
        return found.stream().min(Comparator.naturalOrder());
    }

    private Optional<Difference> spelling(String pattern) {
        if (matches(pattern.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
            return Optional.of(new Difference(Way.CASE, 0, "upper and lower case differ"));
        }
        return glob.matches(name.replaceAll("(^|/)\\.+", "$1"))
                ? Optional.of(new Difference(Way.DOT, 0, "a name that begins with a dot has to be written out")) : Optional.empty();
    }

    private Optional<Difference> extension(PatternText reading) {
        String wanted = reading.extension();
        int dot = file.lastIndexOf('.');
        String own = dot > 0 ? file.substring(dot) : "";
        String swapped = name.substring(0, name.length() - own.length()) + wanted;
        if (wanted.isEmpty() || own.equals(wanted) || !glob.matches(swapped)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(Way.EXTENSION, EditDistance.between(own, wanted),
                "the extension differs (" + (own.isEmpty() ? "none" : own) + ", not " + wanted + ")"));
    }

    private Optional<Difference> depth(PatternText reading) {
        return reading.anchored() && matches(reading.withLast("**/" + reading.last()), name)
                ? Optional.of(new Difference(Way.DEPTH, 0, "it lies deeper; \"**/\" goes into folders below, \"*\" does not"))
                : Optional.empty();
    }

    private Optional<Difference> name(PatternText reading) {
        int distance = EditDistance.between(reading.last(), file);
        boolean slip = PatternText.isPlain(reading.last()) && distance <= 2;
        boolean near = slip || !reading.extension().isEmpty();
        return near && matches(reading.withLast(slip ? "*" : "*" + reading.extension()), name)
                ? Optional.of(new Difference(Way.NAME, distance, "the name differs (" + file + ", not " + reading.last() + ")"))
                : Optional.empty();
    }

    private Optional<Difference> folder(PatternText reading) {
        List<String> plain = reading.plainFolders();
        List<String> own = folder.isEmpty() ? List.of() : List.of(folder.split("/"));
        String text = "another folder (" + (own.isEmpty() ? "none" : String.join("/", own.subList(0, Math.max(1,
                Math.min(plain.size(), own.size())))) + "/") + ", not " + String.join("/", plain) + "/)";
        Optional<Integer> slip = plain.isEmpty() ? Optional.empty() : slip(plain, own);
        if (slip.isPresent()) {
            return Optional.of(new Difference(Way.FOLDER_SPELLING, slip.get(), text));
        }
        return !plain.isEmpty() && reading.namesFiles() && matches(reading.last(), file)
                ? Optional.of(new Difference(Way.FOLDER, plain.size() - common(plain, own), text)) : Optional.empty();
    }

    /** How far the folders are from those that would match, if that can be a slip: misspelt, or in another folder. */
    private Optional<Integer> slip(List<String> plain, List<String> own) {
        for (int begin = 1; begin + plain.size() <= own.size(); begin++) {
            if (own.subList(begin, begin + plain.size()).equals(plain) && glob.matches(moved(own.subList(begin, own.size())))) {
                return Optional.of(begin);
            }
        }
        if (own.size() < plain.size()) {
            return Optional.empty();
        }
        int distance = 0;
        for (int i = 0; i < plain.size(); i++) {
            int slips = EditDistance.between(plain.get(i), own.get(i));
            if (slips > Math.max(1, plain.get(i).length() / 4)) {
                return Optional.empty();
            }
            distance += slips;
        }
        List<String> spelt = new ArrayList<>(plain);
        spelt.addAll(own.subList(plain.size(), own.size()));
        return distance > 0 && glob.matches(moved(spelt)) ? Optional.of(distance) : Optional.empty();
    }

    private String moved(List<String> folders) {
        return String.join("/", folders) + "/" + file;
    }

    private static int common(List<String> one, List<String> other) {
        int common = 0;
        while (common < one.size() && common < other.size() && one.get(common).equals(other.get(common))) {
            common++;
        }
        return common;
    }

    private static boolean matches(String pattern, String name) {
        return parse(pattern).filter(glob -> glob.matches(name)).isPresent();
    }

    /** A pattern that was made up may be none. */
    private static Optional<Glob> parse(String pattern) {
        try {
            return Optional.of(Glob.parse(Sourced.builtIn(pattern), ANYWHERE, Glob.Use.SELECT, false));
        } catch (ConfigException none) {
            return Optional.empty();
        }
    }
}
