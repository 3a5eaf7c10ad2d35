package meshdev.process;

import java.util.List;

/** Hears how a process ends, from a thread of the process's own. */
public interface ProcessListener {
    /**
     * The process ended, but members of its group, or others that escaped from it, live on. Not called when they went
     * together.
     *
     * @param left who they are, for a message; what ends in this moment may be missing
     */
    void leaderExited(ExitStatus exit, List<ProcessName> left);

    /** The process and its whole group have ended and what they printed was delivered. Called once. */
    void gone(ExitStatus exit);
}
