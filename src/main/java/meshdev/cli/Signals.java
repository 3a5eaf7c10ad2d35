package meshdev.cli;

import meshdev.process.SignalDispositions;
import meshdev.supervise.Message;
import meshdev.supervise.Supervisor;
import sun.misc.Signal;

/**
 * Turns signals into messages: the first one ends all agents gracefully, the next one at once. Thread-safe, as the JVM
 * runs a handler on a thread of its own.
 *
 * <p>{@code sun.misc.Signal} is the JDK's supported way to do this (JEP 260); a shutdown hook could not see a second one.
 */
final class Signals {
    private final Supervisor supervisor;

    private Signals(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    static void handle(Supervisor supervisor) {
        SignalDispositions.resetInterrupts();
        Signals signals = new Signals(supervisor);
        Signal.handle(new Signal("INT"), received -> signals.quit(ExitCode.INTERRUPTED));
        Signal.handle(new Signal("TERM"), received -> signals.quit(ExitCode.TERMINATED));
        if (!SignalDispositions.hangUpIsIgnored()) {
            Signal.handle(new Signal("HUP"), received -> signals.hangUp());
        }
    }

    private void quit(int exitCode) {
        supervisor.post(new Message.Quit(exitCode));
    }

    /** Follows any Ctrl-C that also ends the shell of the terminal: a reason to quit, but none to hurry. */
    private void hangUp() {
        supervisor.post(new Message.OutputClosed(ExitCode.HANG_UP));
    }
}
