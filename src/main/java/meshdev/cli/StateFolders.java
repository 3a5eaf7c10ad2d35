package meshdev.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import meshdev.config.AgentEnvironment;
import meshdev.report.IoReason;
import meshdev.report.LogFiles;

/**
 * The folders in which agents keep their state: {@code $MCP_MESH_HOME/state/<project>-<hash>/<agent>}, for their owner only.
 * What is in them is never read here. Used by the supervisor's thread.
 */
final class StateFolders {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> AS_PRIVATE = PosixFilePermissions.asFileAttribute(PRIVATE);
    /** Says on Linux who we are, also where the list of users does not know us. */
    private static final Path OURSELVES = Path.of("/proc/self");

    private final Path project;
    private final Consumer<String> warnings;
    private final Set<String> said = new HashSet<>();

    /**
     * @param home     {@code MCP_MESH_HOME}
     * @param root     of the project
     * @param warnings whole sentences for the user
     */
    StateFolders(Path home, Path root, Consumer<String> warnings) {
        this.project = of(home, root);
        this.warnings = warnings;
    }

    /** Where the agents of a project have their folders; the same in every run. */
    static Path of(Path home, Path root) {
        return home.resolve("state").resolve(LogFiles.folderOf(root));
    }

    /**
     * What an agent is to be launched with: this environment once its folder is there, or without the folder when it must
     * not be used or can't be made. One that the user named is his own affair.
     */
    Map<String, String> opened(String agent, Map<String, String> environment) {
        Path folder = project.resolve(agent);
        if (!folder.toString().equals(environment.get(AgentEnvironment.STATE_DIR))) {
            return environment;
        }
        Optional<String> trouble = makeAll(folder);
        if (trouble.isEmpty()) {
            return environment;
        }
        if (said.add(trouble.get())) {
            warnings.accept(trouble.get());
        }
        Map<String, String> without = new LinkedHashMap<>(environment);
        without.remove(AgentEnvironment.STATE_DIR);
        return without;
    }

    /** Why the folder is not to be used, for the user; the same words for all agents that cannot use it for one reason. */
    private Optional<String> makeAll(Path folder) {
        for (Path each : new Path[] {project.getParent(), project, folder}) {
            try {
                make(each);
            } catch (IOException e) {
                return Optional.of("state is not preserved: can't use " + each + ": " + IoReason.of(e)
                        + "; mend it, or name another place with MCP_MESH_HOME");
            }
        }
        return Optional.empty();
    }

    private static void make(Path folder) throws IOException {
        if (!Files.exists(folder.getParent())) {
            Files.createDirectories(folder.getParent(), AS_PRIVATE);
        }
        try {
            Files.createDirectory(folder, AS_PRIVATE);
        } catch (FileAlreadyExistsException e) {
            check(folder);
        }
    }

    /** Whoever owns the folder, or where a link leads, could read what agents keep, and give them other state to load. */
    private static void check(Path folder) throws IOException {
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isSymbolicLink()) {
            throw new FileSystemException(folder.toString(), null, "it is a symbolic link");
        }
        if (!found.isDirectory()) {
            throw new FileSystemException(folder.toString(), null, "it is no folder");
        }
        String owner = found.owner().getName();
        if (!owner.equals(ourName().orElse(owner))) {
            throw new FileSystemException(folder.toString(), null, "it belongs to " + owner);
        }
        if (!found.permissions().equals(PRIVATE)) {
            Files.setPosixFilePermissions(folder, PRIVATE);
        }
    }

    private static Optional<String> ourName() throws IOException {
        return Files.exists(OURSELVES) ? Optional.of(Files.getOwner(OURSELVES).getName())
                : ProcessHandle.current().info().user();
    }
}
