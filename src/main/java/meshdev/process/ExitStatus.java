package meshdev.process;

/** How a process ended: 0-255, where 128 + n stands for the signal n, as shells and the JDK report it. */
public record ExitStatus(int code) {
    private static final int SIGNALLED = 128;
    private static final String[] NAMES = {
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
        "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM",
    };

    public boolean success() {
        return code == 0;
    }

    @Override
    public String toString() {
        int signal = code - SIGNALLED;
        return signal > 0 && signal < NAMES.length ? "killed by " + NAMES[signal] : "exit code " + code;
    }
}
