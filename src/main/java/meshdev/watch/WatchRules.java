package meshdev.watch;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import meshdev.config.ConfigException;
import meshdev.config.Origin;
import meshdev.config.Sourced;

/**
 * Which files are watched and what a change of each leads to. The same object answers the watcher and
 * {@code debug watches}. Never looks at the disk. Immutable and thread-safe.
 */
public final class WatchRules {
    private static final int MOST = 1000;
    private static final Decision UNNAMED = Decision.ignored("no pattern includes it");

    private final Decision elsewhere;
    private final RuleSources sources;
    private final Path root;
    private final boolean normalised;
    private final Places places;
    /** Files that are watched wherever they are and whatever the patterns say. */
    private final Map<Path, Decision> named;
    private final Droppings droppings;
    private final List<Rule> include;
    private final List<Rule> exclude;
    private final List<Rule> logOnly;

    private WatchRules(RuleSources sources) {
        this.sources = sources;
        this.root = sources.root();
        this.elsewhere = Decision.ignored("outside the project " + root + " and the started folders");
        this.normalised = sources.normalised();
        this.places = new Places(root, sources.startFolders());
        this.named = named(sources);
        this.droppings = new Droppings(sources.ownPaths());
        Defaults texts = new Defaults(sources);
        this.include = rules(Rule.Kind.INCLUDE, texts.include());
        for (Sourced<String> extension : texts.extensions()) {
            include.addAll(everywhere(extension));
        }
        this.exclude = rules(Rule.Kind.EXCLUDE, sources.meshwatch().exclude());
        this.logOnly = rules(Rule.Kind.LOG_ONLY, sources.meshwatch().logOnly());
    }

    private Map<Path, Decision> named(RuleSources sources) {
        Map<Path, Decision> all = new HashMap<>();
        for (Path file : sources.startFiles()) {
            all.put(oneName(file), Decision.by(Verdict.RELOAD, "named on the command line",
                    new Sourced<>(file.toString(), Origin.flag("start"))));
        }
        for (Path file : sources.configuration()) {
            all.put(oneName(file), new Decision(Verdict.CONFIGURATION, Optional.empty(), "settings are read from it"));
        }
        return Map.copyOf(all);
    }

    /**
     * Checks and compiles all patterns.
     *
     * @throws ConfigException for the first pattern that is wrong
     */
    public static WatchRules compile(RuleSources sources) {
        return new WatchRules(sources);
    }

    /** The verdict on a file, whether it exists or not; a relative path is taken from the project root. */
    public Decision decide(Path file) {
        Path path = root.resolve(file).normalize();
        Decision byName = named.get(oneName(path));
        if (byName != null) {
            return byName;
        }
        Optional<Path> base = places.base(path);
        return base.isEmpty() ? elsewhere : decide(path, Places.below(base.get(), path));
    }

    private Decision decide(Path path, String name) {
        Optional<Rule> included = first(include, path, name);
        if (included.isEmpty() || !included.get().glob().literal()) {
            Optional<Decision> dropping = droppings.file(path, Places.below(places.namedAbove(path), path));
            if (dropping.isPresent()) {
                return dropping.get();
            }
        }
        return first(exclude, path, name).or(() -> first(logOnly, path, name)).or(() -> included)
                .map(Rule::decision).orElse(UNNAMED);
    }

    /**
     * The decision on a file that is watched, empty for all others: as {@link #decide}, but cheap for the many files
     * that no pattern names.
     */
    Optional<Decision> watched(Path path) {
        if (!named.containsKey(oneName(path))) {
            Optional<Path> base = places.base(path);
            String name = base.map(one -> Places.below(one, path)).orElse("");
            if (base.isEmpty() || first(include, path, name).isEmpty() && first(logOnly, path, name).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(decide(path)).filter(decision -> decision.verdict().watched());
    }

    /** The project or the started folder outside of it that a path belongs to. */
    Optional<Path> placeOf(Path path) {
        return places.base(path);
    }

    /** The path as a rule's glob sees it; empty when the rule is for other folders. */
    Optional<String> nameFor(Rule rule, Path path) {
        return places.base(path).filter(base -> inBase(rule, path)).map(base -> inRule(rule, path, Places.below(base, path)));
    }

    /** Whether a folder is excluded with all that is below, so that nobody needs to open it. */
    public boolean prunes(Path folder) {
        return !leadsToNamed(folder)
                && places.base(folder).map(base -> prunes(folder, Places.below(base, folder))).orElse(true);
    }

    private boolean prunes(Path folder, String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (Rule rule : exclude) {
            if (rule.glob().covers(name)) {
                return true;
            }
        }
        return droppings.folder(folder, Places.below(places.namedAbove(folder), folder)).isPresent()
                && sources.startFolders().stream().noneMatch(start -> start.startsWith(folder))
                && include.stream().noneMatch(rule -> rule.glob().literal() && rule.glob().anchored()
                        && reaches(rule, folder, name));
    }

    /** Whether a folder has to be opened: not pruned, and some watched file may lie below. */
    public boolean descends(Path folder) {
        if (folder.equals(root) || leadsToNamed(folder)) {
            return true;
        }
        Optional<Path> base = places.base(folder);
        if (base.isEmpty()) {
            return false;
        }
        String name = Places.below(base.get(), folder);
        return (include.stream().anyMatch(rule -> reaches(rule, folder, name))
                || logOnly.stream().anyMatch(rule -> reaches(rule, folder, name)))
                && !prunes(folder);
    }

    private boolean leadsToNamed(Path folder) {
        Path name = oneName(folder);
        for (Path file : named.keySet()) {
            if (file.startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    /** On macOS a name comes composed or decomposed from the command line, and may be on the disk the other way. */
    private Path oneName(Path path) {
        return normalised ? Path.of(Normalizer.normalize(path.toString(), Normalizer.Form.NFC)) : path;
    }

    /** Folders whose trees are walked: the project root, then started folders outside of it. */
    public List<Path> trees() {
        List<Path> trees = new ArrayList<>(List.of(root));
        trees.addAll(places.outside());
        return List.copyOf(trees);
    }

    /** Files that are watched although they lie in none of the {@link #trees()}. */
    public List<Path> loneFiles() {
        return named.keySet().stream().filter(file -> places.base(file).isEmpty()).sorted().toList();
    }

    /** The folders and files that patterns and arguments point to, for a listing; they need not exist. */
    public List<Path> roots() {
        List<Path> pointed = new ArrayList<>(places.outside());
        include.forEach(rule -> pointed.add(rule.base().resolve(rule.glob().prefix()).normalize()));
        pointed.addAll(sources.startFiles());
        return Places.outermost(pointed);
    }

    /** Folders whose disappearance a user should be told about. */
    List<Path> namedFolders() {
        List<Path> folders = new ArrayList<>(roots());
        folders.addAll(sources.startFolders());
        folders.removeAll(sources.startFiles());
        return folders.stream().distinct().toList();
    }

    /** The patterns in force except the built-in droppings: includes, then log-only, then excludes. */
    public List<Rule> rules() {
        List<Rule> all = new ArrayList<>(include);
        all.addAll(logOnly);
        all.addAll(exclude);
        return List.copyOf(all);
    }

    /**
     * Whether one of these globs matches an absolute path; exclusion is not looked at.
     *
     * @throws ConfigException for the first pattern that is wrong
     */
    public Predicate<Path> matcher(List<Sourced<String>> patterns) {
        List<Rule> wanted = rules(Rule.Kind.INCLUDE, patterns);
        return file -> places.base(file)
                .map(base -> first(wanted, file, Places.below(base, file)).isPresent()).orElse(false);
    }

    /** Whether other files may be watched by these rules, or for other reasons. */
    public boolean sameAs(WatchRules other) {
        return identities().equals(other.identities()) && named.equals(other.named)
                && sources.startFolders().equals(other.sources.startFolders());
    }

    /** The patterns with their places, because reasons name those. */
    private List<Object> identities() {
        return rules().stream().<Object>map(rule -> List.of(rule.kind(), rule.base(), rule.glob().pattern())).toList();
    }

    /** What is excluded without the user's saying so. */
    public List<Sourced<String>> builtInExcludes() {
        return droppings.patterns();
    }

    /** Complete sentences, each with its place, about patterns that are valid but hardly meant. */
    public List<String> warnings() {
        Set<String> warnings = new LinkedHashSet<>();
        for (Rule rule : rules()) {
            rule.glob().warning().ifPresent(warnings::add);
        }
        return List.copyOf(warnings);
    }

    private List<Rule> rules(Rule.Kind kind, List<Sourced<String>> patterns) {
        if (patterns.size() > MOST) {
            throw new ConfigException(patterns.get(MOST).origin() + ": more than " + MOST
                    + " patterns in one list; use folders and wildcards instead of single files");
        }
        Glob.Use use = kind == Rule.Kind.EXCLUDE ? Glob.Use.REJECT : Glob.Use.SELECT;
        List<Rule> rules = new ArrayList<>();
        for (Sourced<String> text : patterns) {
            rules.add(Rule.of(kind, root, Glob.parse(text, root, use, normalised)));
        }
        return rules;
    }

    private List<Rule> everywhere(Sourced<String> extension) {
        Sourced<String> pattern = new Sourced<>("**/*" + Glob.escape(extension.value()), extension.origin());
        List<Rule> rules = new ArrayList<>();
        for (Path folder : new LinkedHashSet<>(sources.startFolders())) {
            rules.add(Rule.of(Rule.Kind.INCLUDE, folder, Glob.parse(pattern, folder, Glob.Use.SELECT, normalised)));
        }
        return rules;
    }

    /** The first matching rule, a literal one before all others, because only that beats the built-in excludes. */
    private Optional<Rule> first(List<Rule> rules, Path path, String name) {
        Optional<Rule> found = Optional.empty();
        for (Rule rule : rules) {
            boolean better = found.isEmpty() || rule.glob().literal();
            if (better && inBase(rule, path) && rule.glob().matches(inRule(rule, path, name))) {
                found = Optional.of(rule);
                if (rule.glob().literal()) {
                    return found;
                }
            }
        }
        return found;
    }

    private boolean reaches(Rule rule, Path folder, String name) {
        if (!inBase(rule, folder)) {
            return rule.base().startsWith(folder);
        }
        return rule.glob().reaches(inRule(rule, folder, name));
    }

    /** Patterns of the project also hold below started folders outside of it. */
    private boolean inBase(Rule rule, Path path) {
        return rule.base().equals(root) || path.startsWith(rule.base());
    }

    private String inRule(Rule rule, Path path, String name) {
        return rule.base().equals(root) ? name : Places.below(rule.base(), path);
    }
}
