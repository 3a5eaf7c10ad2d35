package meshdev.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process does with signals before anyone asked it: a shell starts its background jobs with interrupts
 * ignored, the JVM keeps them ignored, and every child inherits that.
 */
public final class SignalDispositions {
    private static final Path STATUS = Path.of("/proc/self/status");

    private SignalDispositions() {
    }

    /**
     * Makes interrupt and quit act by default again, so that Ctrl-C reaches mesh-dev and its agents even when a script
     * started it in the background. Must run before handlers are installed and before anything is launched; costs a
     * file read where nothing is ignored. A hang-up stays ignored: that is what {@code nohup} asks for.
     */
    public static void resetInterrupts() {
        if (interruptsAreIgnored()) {
            Posix.useDefault(Posix.SIGINT);
            Posix.useDefault(Posix.SIGQUIT);
        }
    }

    private static boolean interruptsAreIgnored() {
        String ignored = ignoredSignals();
        return ignored.isEmpty() || ignores(ignored, Posix.SIGINT) || ignores(ignored, Posix.SIGQUIT);
    }

    /** Whether a hang-up was ignored from the start, as under {@code nohup}; false where the system does not tell. */
    public static boolean hangUpIsIgnored() {
        String ignored = ignoredSignals();
        return !ignored.isEmpty() && ignores(ignored, Posix.SIGHUP);
    }

    /** The mask of ignored signals; empty on a system without {@code /proc}. */
    private static String ignoredSignals() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("SigIgn:")) {
                    return line.substring("SigIgn:".length()).trim();
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    /** {@code mask} is the hexadecimal bit set of /proc, bit 0 being signal 1. */
    static boolean ignores(String mask, int signal) {
        return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) != 0;
    }
}
