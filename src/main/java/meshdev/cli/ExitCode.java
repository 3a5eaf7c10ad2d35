package meshdev.cli;

/** The exit codes a script can rely on. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** Wrong usage or configuration; nothing was started. */
    static final int WRONG_USAGE = 2;
    /** An agent is supervised by another mesh-dev; nothing was started. */
    static final int ALREADY_SUPERVISED = 3;
    static final int HANG_UP = 128 + 1;
    static final int INTERRUPTED = 128 + 2;
    static final int OUTPUT_CLOSED = 128 + 13;
    static final int TERMINATED = 128 + 15;

    private ExitCode() {
    }
}
