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
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("SigIgn:")) {
                    return ignores(line.substring(7).trim(), Posix.SIGINT) || ignores(line.substring(7).trim(), Posix.SIGQUIT);
                }
            }
        } catch (IOException e) {
            return true; // no /proc: reset without asking
        }
        return false;
    }

    /** {@code mask} is the hexadecimal bit set of /proc, bit 0 being signal 1. */
    static boolean ignores(String mask, int signal) {
        return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) != 0;
    }

    /** Whether a hang-up was ignored from the start, as under {@code nohup}. */
    public static boolean hangUpIsIgnored() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("SigIgn:")) {
                    return ignores(line.substring(7).trim(), Posix.SIGHUP);
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }
}
