package meshdev.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes snapshots by walking all trees of the rules. Stats only; excluded folders are never opened. */
final class TreeScan {
    private final WatchRules rules;

    TreeScan(WatchRules rules) {
        this.rules = rules;
    }

    /**
     * Stats everything once.
     *
     * @param before    files of folders that can't be read now are taken over from it
     * @param interlude run before each folder, so that a long scan does not delay short questions
     */
    Snapshot scan(Snapshot before, Runnable interlude) {
        Gatherer gatherer = new Gatherer(before, interlude);
        FolderWalk walk = new FolderWalk(rules, gatherer);
        try {
            for (Path tree : rules.trees()) {
                walk.walk(tree);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        for (Path file : rules.loneFiles()) {
            gatherer.put(file);
        }
        return gatherer.snapshot();
    }

    /** The present state of one file; empty when it is missing, no regular file, or not watched. */
    Optional<Snapshot.Entry> entry(Path file) throws IOException {
        Optional<Decision> decision = rules.watched(file);
        if (decision.isEmpty()) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Snapshot.Entry(FileStamp.of(attributes), decision.get()))
                    : Optional.empty();
        } catch (NoSuchFileException | java.nio.file.NotDirectoryException missing) {
            return Optional.empty();
        }
    }

    private final class Gatherer implements FolderWalk.Visitor {
        private final Snapshot before;
        private final Runnable interlude;
        private final Map<Path, Snapshot.Entry> files;
        private final Map<Path, Object> anchors = new HashMap<>();
        private final Map<Path, String> unreadable = new HashMap<>();

        Gatherer(Snapshot before, Runnable interlude) {
            this.before = before;
            this.interlude = interlude;
            this.files = new HashMap<>(before.files().size() * 4 / 3 + 16);
        }

        @Override
        public void folder(Path folder) {
            interlude.run();
        }

        @Override
        public void file(Path file, BasicFileAttributes attributes) {
            FileStamp stamp = FileStamp.of(attributes);
            Optional<Snapshot.Entry> known = before.entry(file);
            if (known.isPresent()) {
                files.put(file, known.get().stamp().equals(stamp) ? known.get()
                        : new Snapshot.Entry(stamp, known.get().decision()));
            } else {
                rules.watched(file).ifPresent(decision -> files.put(file, new Snapshot.Entry(stamp, decision)));
            }
        }

        @Override
        public void anchor(Path folder, Object identity) {
            anchors.put(folder, identity);
        }

        @Override
        public void unreadable(Path path, String reason) {
            if (rules.descends(path) || rules.watched(path).isPresent()) {
                unreadable.put(path, reason);
            }
        }

        void put(Path file) {
            try {
                entry(file).ifPresent(entry -> files.put(file, entry));
            } catch (IOException failed) {
                unreadable.put(file, String.valueOf(failed.getMessage()));
            }
        }

        Snapshot snapshot() {
            if (!unreadable.isEmpty()) {
                before.files().forEach((path, entry) -> {
                    if (unreadable.keySet().stream().anyMatch(path::startsWith)) {
                        files.putIfAbsent(path, entry);
                    }
                });
            }
            return new Snapshot(files, anchors, unreadable);
        }
    }
}
