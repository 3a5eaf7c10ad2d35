package meshdev.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts a command into a session, and so a process group, of its own; the process number stays that of the launch. */
final class SessionCommand {
    private static final List<String> PREFIX = prefix();

    private SessionCommand() {
    }

    static List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>(PREFIX);
        wrapped.addAll(command);
        return wrapped;
    }

    /** {@code setsid} of util-linux where it exists; macOS has none but ships perl. */
    private static List<String> prefix() {
        for (String setsid : new String[] {"/usr/bin/setsid", "/bin/setsid"}) {
            if (Files.isExecutable(Path.of(setsid))) {
                return List.of(setsid);
            }
        }
        return List.of("/usr/bin/perl", "-e", "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or exit 127");
    }
}
