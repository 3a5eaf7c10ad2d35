package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process does with signals before anyone asked it: a shell starts its background jobs with interrupts
 * ignored, the JVM keeps them ignored, and every child inherits that.
 */
public final class SignalDispositions {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "\nSigIgn:";

    /** The mask of ignored signals; empty on a system without {@code /proc}. */
    private final String ignored;

    private SignalDispositions(String ignored) {
        this.ignored = ignored;
    }

    /** As they are now; costs a file read. */
    public static SignalDispositions read() {
        try {
            return new SignalDispositions(maskIn(Files.readString(STATUS, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return new SignalDispositions("");
        }
    }

    /** Empty when the system does not tell. */
    static String maskIn(String status) {
        int line = status.indexOf(LINE);
        return line < 0 ? "" : status.substring(line + LINE.length(), status.indexOf('\n', line + 1)).trim();
    }

    /**
     * Makes interrupt and quit act by default again, so that Ctrl-C reaches mesh-dev and its agents even when a script
     * started it in the background. Must run before handlers are installed and before anything is launched. A hang-up stays
     * ignored: that is what {@code nohup} asks for.
     */
    public void resetInterrupts() {
        if (ignored.isEmpty() || ignores(ignored, Posix.SIGINT) || ignores(ignored, Posix.SIGQUIT)) {
            Posix.useDefault(Posix.SIGINT);
            Posix.useDefault(Posix.SIGQUIT);
        }
    }

    /** Whether a hang-up was ignored from the start, as under {@code nohup}; false where the system does not tell. */
    public boolean hangUpIsIgnored() {
        return !ignored.isEmpty() && ignores(ignored, Posix.SIGHUP);
    }

    /** {@code mask} is the hexadecimal bit set of /proc, bit 0 being signal 1. */
    static boolean ignores(String mask, int signal) {
        return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) != 0;
    }
}
