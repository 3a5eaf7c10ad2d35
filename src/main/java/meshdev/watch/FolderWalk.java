package meshdev.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Walks the folders that rules descend into, following links. A link is not followed when it leads to a folder that is
 * being walked or that contains the link, so loops end; folders reached by two names are walked under both, because
 * agents may import by either. Stats every entry and reads none.
 */
final class FolderWalk {
    private static final int MOST_LINKS_ON_A_PATH = 4;
    private static final List<Path> ENDLESS = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

    /** What is told about a tree. */
    interface Visitor {
        /** Called before a folder is listed; what it throws ends the walk. */
        void folder(Path folder) throws IOException;

        default void file(Path file, BasicFileAttributes attributes) {
        }

        /** A tree's root, or a link that is followed, with the identity of the folder it leads to. */
        default void anchor(Path folder, Object identity) {
        }

        default void unreadable(Path folder, String reason) {
        }
    }

    private final WatchRules rules;
    private final Visitor visitor;
    private final Deque<Folder> open = new ArrayDeque<>();

    FolderWalk(WatchRules rules, Visitor visitor) {
        this.rules = rules;
        this.visitor = visitor;
    }

    private record Folder(Path path, Object identity, Optional<Folder> parent, int links) {
        boolean isInside(Object identity) {
            Optional<Folder> folder = Optional.of(this);
            while (folder.isPresent()) {
                if (folder.get().identity().equals(identity)) {
                    return true;
                }
                folder = folder.get().parent();
            }
            return false;
        }
    }

    /**
     * Walks one tree; a missing one is no folder at all.
     *
     * @throws IOException only what the visitor throws
     */
    void walk(Path tree) throws IOException {
        Optional<BasicFileAttributes> attributes = stat(tree, true);
        if (attributes.isEmpty() || !attributes.get().isDirectory()) {
            return;
        }
        Object identity = identity(tree, attributes.get());
        visitor.anchor(tree, identity);
        open.push(new Folder(tree, identity, Optional.empty(), 0));
        while (!open.isEmpty()) {
            Folder folder = open.pop();
            visitor.folder(folder.path());
            for (Path entry : list(folder.path())) {
                visit(folder, entry);
            }
        }
    }

    private void visit(Folder parent, Path entry) {
        Optional<BasicFileAttributes> own = stat(entry, false);
        boolean link = own.isPresent() && own.get().isSymbolicLink();
        Optional<BasicFileAttributes> attributes = link ? stat(entry, true) : own;
        if (attributes.isEmpty()) {
            return;
        }
        if (attributes.get().isRegularFile()) {
            visitor.file(entry, attributes.get());
        } else if (attributes.get().isDirectory() && rules.descends(entry)) {
            enter(parent, entry, link, identity(entry, attributes.get()));
        }
    }

    private void enter(Folder parent, Path path, boolean link, Object identity) {
        int links = parent.links() + (link ? 1 : 0);
        if (link) {
            if (links > MOST_LINKS_ON_A_PATH || parent.isInside(identity) || leadsAbove(parent.path(), path)) {
                return;
            }
            visitor.anchor(path, identity);
        } else if (links > 0 && parent.isInside(identity)) {
            return;
        }
        open.push(new Folder(path, identity, Optional.of(parent), links));
    }

    private static boolean leadsAbove(Path parent, Path link) {
        try {
            Path target = link.toRealPath();
            return parent.toRealPath().startsWith(target) || ENDLESS.stream().anyMatch(target::startsWith);
        } catch (IOException vanished) {
            return true;
        }
    }

    private List<Path> list(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException | NotDirectoryException vanished) {
            entries.clear();
        } catch (IOException | DirectoryIteratorException failed) {
            visitor.unreadable(folder, reason(failed));
        }
        return entries;
    }

    private Optional<BasicFileAttributes> stat(Path path, boolean follow) {
        try {
            return Optional.of(follow ? Files.readAttributes(path, BasicFileAttributes.class)
                    : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | NotDirectoryException vanished) {
            return Optional.empty();
        } catch (IOException failed) {
            visitor.unreadable(path, reason(failed));
            return Optional.empty();
        }
    }

    private static Object identity(Path path, BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), path);
    }

    private static String reason(Exception failed) {
        Throwable cause = failed instanceof DirectoryIteratorException ? failed.getCause() : failed;
        return cause instanceof java.nio.file.AccessDeniedException ? "permission denied" : cause.getMessage();
    }
}
