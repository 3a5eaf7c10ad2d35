package meshdev.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The words for an exhausted limit of Linux's inotify. */
final class InotifyLimits {
    private static final long ENOUGH_WATCHES = 524_288;
    private static final long ENOUGH_INSTANCES = 1024;

    private InotifyLimits() {
    }

    /** Whether the JDK's message means that a limit is reached. */
    static boolean isRefusal(String message) {
        return message.contains("inotify");
    }

    /**
     * What is needed, what is allowed, and the command that raises it.
     *
     * @param needed watches, one per folder
     */
    static String explain(String refusal, int needed) {
        boolean instances = refusal.contains("instances");
        String name = instances ? "max_user_instances" : "max_user_watches";
        String need = instances ? "1 inotify instance" : needed + " inotify watches, one per folder";
        String limit = limit(instances ? "instances" : "watches").stream()
                .mapToObj(value -> "; this user may have " + value + " in all programs together")
                .findFirst().orElse("");
        long enough = instances ? ENOUGH_INSTANCES : Math.max(ENOUGH_WATCHES, 2L * needed);
        return refusal + ": this project needs " + need + limit + ". Raise it with: sudo sysctl -w fs.inotify."
                + name + "=" + enough;
    }

    /** The smaller of the machine's and the user namespace's limit, as far as they can be read. */
    private static OptionalLong limit(String what) {
        return List.of("/proc/sys/fs/inotify/max_user_" + what, "/proc/sys/user/max_inotify_" + what).stream()
                .map(InotifyLimits::read).flatMapToLong(OptionalLong::stream).min();
    }

    private static OptionalLong read(String file) {
        // Files.readString begins with a single byte of such a file, and the kernel then calls that the end
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
            return reader.lines().findFirst().stream().mapToLong(line -> Long.parseLong(line.strip())).findFirst();
        } catch (IOException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }
}
