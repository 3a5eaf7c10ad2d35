package meshdev.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The calls of the C library that the JDK does not offer. Loading this class loads JNA (tens of milliseconds), so
 * nothing on the way to the first launch may touch it.
 *
 * <p>An external {@code kill} is no substitute: some versions read a negative number as an option and signal every
 * process of the machine.
 */
final class Posix {
    static final int SIGHUP = 1;
    static final int SIGINT = 2;
    static final int SIGQUIT = 3;
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;
    /** Alike on Linux and macOS. */
    static final int SIGTTOU = 22;

    /** Of {@code sigset_t}, in bytes: Linux has 128, macOS 4. */
    private static final int LARGEST_SIGNAL_SET = 128;

    /** "No such process", alike on Linux and macOS. */
    private static final int ESRCH = 3;

    static {
        Native.register(Posix.class, "c");
    }

    private Posix() {
    }

    private static native int kill(int pid, int signal) throws LastErrorException;

    private static native Pointer signal(int signal, Pointer handler);

    private static native int waitpid(int pid, Pointer status, int options);

    private static native int pthread_sigmask(int how, byte[] set, Pointer before);

    /**
     * Sends a signal to one process, or to a group when {@code target} is negative. Signal 0 only asks.
     *
     * @return false when nothing with that number exists
     * @throws IllegalArgumentException for 0, 1 and -1, which would reach far more than one agent
     */
    static boolean send(int target, int signal) {
        if (target >= -1 && target <= 1) {
            throw new IllegalArgumentException("refusing to signal " + target);
        }
        try {
            kill(target, signal);
            return true;
        } catch (LastErrorException e) {
            return e.getErrorCode() != ESRCH;
        }
    }

    /** Gives a signal its default disposition, which children inherit; an ignored one would stay ignored in them. */
    static void useDefault(int signal) {
        signal(signal, Pointer.NULL);
    }

    /** Waits for the end of a child that nobody else waits for, so that its number is free again. */
    static void reap(int child) {
        if (child <= 1) {
            throw new IllegalArgumentException("not one child: " + child);
        }
        waitpid(child, Pointer.NULL, 0);
    }

    /** Blocks a signal in the calling thread only; processes that other threads launch are not touched by it. */
    static void blockInThisThread(int signal) {
        byte[] set = new byte[LARGEST_SIGNAL_SET];
        set[(signal - 1) / 8] = (byte) (1 << (signal - 1) % 8);
        pthread_sigmask(isLinux() ? 0 : 1, set, Pointer.NULL);
    }

    private static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    /** The number of SIGCONT, SIGUSR1 and SIGUSR2 differs between Linux and the BSDs. */
    static int number(String name) {
        boolean linux = isLinux();
        return switch (name) {
            case "HUP" -> SIGHUP;
            case "INT" -> SIGINT;
            case "QUIT" -> SIGQUIT;
            case "KILL" -> SIGKILL;
            case "TERM" -> SIGTERM;
            case "USR1" -> linux ? 10 : 30;
            case "USR2" -> linux ? 12 : 31;
            case "CONT" -> linux ? 18 : 19;
            default -> throw new IllegalArgumentException("unknown signal " + name);
        };
    }
}
