package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a terminal from stopping mesh-dev. After {@code stty tostop} a process that writes from the background is stopped
 * by SIGTTOU; a supervisor would lose its agents' crashes and the user's saves until somebody says {@code fg}. A write
 * of a thread that blocks the signal is let through. Ignoring it instead would be inherited by agents.
 */
public final class TerminalStop {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final int PROCESS_GROUP = 2;
    private static final int FOREGROUND_GROUP = 5;

    private static volatile boolean nativeAccessIsLoaded;

    private TerminalStop() {
    }

    /**
     * Whether the calling thread is safe from now on. It is not yet while native access, which takes tens of
     * milliseconds to load, is not needed: in the foreground, where nothing is stopped.
     */
    public static boolean isPrevented() {
        if (!Boolean.getBoolean("meshdev.terminal")) {
            return true;
        }
        if (!nativeAccessIsLoaded && !inBackground()) {
            return false;
        }
        try {
            Posix.blockInThisThread(Posix.SIGTTOU);
        } catch (LinkageError e) {
            return true; // the terminal's wish stands, then
        }
        return true;
    }

    /** Tells that {@link Posix} costs nothing any more. */
    static void nativeAccessIsLoaded() {
        nativeAccessIsLoaded = true;
    }

    private static boolean inBackground() {
        try {
            String stat = Files.readString(STAT, StandardCharsets.ISO_8859_1);
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !afterName[PROCESS_GROUP].equals(afterName[FOREGROUND_GROUP]);
        } catch (IOException e) {
            return false; // a system without /proc does not tell
        }
    }
}
