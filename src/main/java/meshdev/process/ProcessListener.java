package meshdev.process;

/** Hears how a process ends, from a thread of the process's own. */
public interface ProcessListener {
    /** The process ended, but members of its group live on. Not called when they went together. */
    void leaderExited(ExitStatus exit);

    /** The process and its whole group have ended and what they printed was delivered. Called once. */
    void gone(ExitStatus exit);
}
