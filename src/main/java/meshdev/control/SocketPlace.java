package meshdev.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import meshdev.config.ShortHash;

/**
 * Where the supervisors of one project listen: {@code FOLDER/PROJECT-PID.sock}.
 *
 * @param folder  below mesh-dev's home, or below the temporary folder when that makes too long a path
 * @param project tells the sockets of this project from others; a glob
 */
public record SocketPlace(Path folder, String project) {
    /** In bytes; Linux takes 107, macOS 103. */
    private static final int LONGEST_PATH = 100;
    private static final int LONGEST_NAME = "/12345678-12345678-9.sock".length();
    private static final String END = ".sock";
    private static final String NAME = "[0-9a-f]{8}-\\d{1,8}(-\\d)?\\" + END;
    /** More supervisors of one project than anybody has. */
    private static final int MOST = 64;

    /** @param home mesh-dev's own folder */
    public static SocketPlace of(Path home, Path projectRoot) {
        return of(home, projectRoot, Path.of(System.getProperty("java.io.tmpdir")));
    }

    static SocketPlace of(Path home, Path projectRoot, Path temporary) {
        Path run = real(home.resolve("run"));
        boolean fits = run.toString().getBytes(StandardCharsets.UTF_8).length + LONGEST_NAME <= LONGEST_PATH;
        Path folder = fits ? run : temporary.resolve("mesh-dev-" + ShortHash.of(run.toString()));
        return new SocketPlace(folder, ShortHash.of(real(projectRoot).toString()));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** The same for whatever project. */
    public SocketPlace ofAllProjects() {
        return new SocketPlace(folder, "?".repeat(project.length()));
    }

    /** The socket of a process; {@code other} is 0, or tells those apart that have one pid in two containers. */
    Path socket(long pid, int other) {
        return folder.resolve(project + "-" + pid + (other == 0 ? "" : "-" + other) + END);
    }

    /** The sockets of the project in the order of their names, of dead supervisors too. */
    List<Path> sockets() {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, project + "-*" + END)) {
            for (Path file : files) {
                if (sockets.size() < MOST && file.getFileName().toString().matches(NAME)) {
                    sockets.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // there is no folder, so nobody listens
        }
        Collections.sort(sockets);
        return sockets;
    }

    /** The pid that a socket's name tells. */
    String pid(Path socket) {
        String name = socket.getFileName().toString();
        return name.substring(project.length() + 1, name.length() - END.length());
    }
}
