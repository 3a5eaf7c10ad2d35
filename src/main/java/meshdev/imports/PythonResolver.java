package meshdev.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Python's imports, without running anything: whatever could be meant counts. Used by one thread. */
final class PythonResolver implements Resolver {
    private final List<List<Path>> orders;
    private final SearchPath path;
    private final ModuleFinder finder;
    private final Predicate<Path> followed;

    PythonResolver(SearchPath path, Folders folders, Predicate<Path> followed) {
        this.path = path;
        this.orders = path.orders();
        this.finder = new ModuleFinder(folders, followed);
        this.followed = followed;
    }

    @Override
    public void forget() {
        finder.forget();
    }

    @Override
    public Resolved resolve(Path file, SourceFacts facts) {
        Lookups lookups = new Lookups(followed);
        for (SourceFacts.Import one : facts.imports()) {
            for (List<Path> order : starts(file, one.level(), one.line(), lookups)) {
                follow(one, order, lookups);
            }
        }
        for (SourceFacts.Prefix one : facts.prefixes()) {
            for (List<Path> order : starts(file, one.level(), one.line(), lookups)) {
                List<Path> where = one.module().isEmpty() ? order : walk(one.module(), one.line(), order, lookups).folders();
                everything(where, lookups).forEach(target -> lookups.imports(one.line(), target, false));
            }
        }
        if (file.endsWith("__init__.py")) {
            exports(file.getParent(), facts.exports(), lookups);
        }
        return lookups.resolved(facts);
    }

    /** Where the first name is looked for, in each order; a relative import also needs the packages it lies in. */
    private List<List<Path>> starts(Path file, int level, int line, Lookups lookups) {
        if (level == 0) {
            return orders;
        }
        Path folder = file.getParent();
        for (int up = 1; up < level && folder != null; up++) {
            folder = folder.getParent();
        }
        for (Path one = folder; one != null && finder.isPackage(one); one = one.getParent()) {
            Path init = one.resolve("__init__.py");
            if (!init.equals(file)) {
                lookups.imports(line, init, false);
            }
        }
        return folder == null ? List.of() : List.of(List.of(folder));
    }

    private void follow(SourceFacts.Import one, List<Path> order, Lookups lookups) {
        boolean here = one.module().isEmpty();
        Found module = here ? new Found(Optional.empty(), order, new Probe(List.of(), List.of()))
                : walk(one.module(), one.line(), order, lookups);
        for (String name : one.names()) {
            if (name.equals("*")) {
                Optional<Path> whole = here ? Optional.of(order.get(0).resolve("__init__.py")) : module.file();
                whole.ifPresent(file -> lookups.imports(one.line(), file, true));
            } else {
                walk(name, one.line(), module.folders(), lookups);
            }
        }
    }

    /** Imports each part of a dotted name; what cannot have parts ends it. */
    private Found walk(String dotted, int line, List<Path> order, Lookups lookups) {
        List<Path> where = order;
        Found found = new Found(Optional.empty(), List.of(), new Probe(List.of(), List.of()));
        for (int start = 0; start <= dotted.length() && !where.isEmpty();) {
            int dot = dotted.indexOf('.', start);
            int end = dot < 0 ? dotted.length() : dot;
            found = mapped(dotted.substring(0, end), finder.find(dotted.substring(start, end), where));
            lookups.probed(found.probe());
            found.file().ifPresent(file -> lookups.imports(line, file, false));
            where = found.folders();
            start = end + 1;
            if (where.isEmpty() && start <= dotted.length()) {
                return new Found(Optional.empty(), List.of(), found.probe());
            }
        }
        return found;
    }

    /** Editable installations are asked last, but before a folder without {@code __init__} is taken for the package. */
    private Found mapped(String dotted, Found found) {
        Path target = path.mapped().get(dotted);
        if (found.file().isPresent() || target == null) {
            return found;
        }
        Path parent = target.getParent();
        String name = target.getFileName().toString();
        Found there = finder.find(name.endsWith(".py") ? name.substring(0, name.length() - 3) : name, List.of(parent));
        List<Path> stems = new ArrayList<>(found.probe().stems());
        stems.addAll(there.probe().stems());
        List<Path> open = new ArrayList<>(found.probe().open());
        open.addAll(there.probe().open());
        List<Path> folders = new ArrayList<>(there.folders());
        folders.addAll(found.folders());
        return new Found(there.file(), folders, new Probe(stems, open));
    }

    private List<Path> everything(List<Path> folders, Lookups lookups) {
        lookups.probed(new Probe(List.of(), folders));
        return finder.below(folders);
    }

    private void exports(Path folder, List<String> names, Lookups lookups) {
        for (String name : names) {
            if (name.equals("*")) {
                everything(List.of(folder), lookups).forEach(lookups::exports);
            } else {
                Found found = finder.find(name, List.of(folder));
                lookups.probed(found.probe());
                found.file().ifPresent(lookups::exports);
            }
        }
    }
}
