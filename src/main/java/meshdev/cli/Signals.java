package meshdev.cli;

import meshdev.process.SignalDispositions;
import meshdev.supervise.Message;
import meshdev.supervise.Supervisor;
import sun.misc.Signal;

/**
 * Turns signals into messages: the first one ends all agents gracefully, the next one at once.
 *
 * <p>{@code sun.misc.Signal} is the JDK's supported way to do this (JEP 260); a shutdown hook could not see a second one.
 */
final class Signals {
    private Signals() {
    }

    static void handle(Supervisor supervisor) {
        SignalDispositions.resetInterrupts();
        quitOn(supervisor, "INT", ExitCode.INTERRUPTED);
        quitOn(supervisor, "TERM", ExitCode.TERMINATED);
        if (!SignalDispositions.hangUpIsIgnored()) {
            quitOn(supervisor, "HUP", ExitCode.HANG_UP);
        }
    }

    private static void quitOn(Supervisor supervisor, String signal, int exitCode) {
        Signal.handle(new Signal(signal), received -> supervisor.post(new Message.Quit(exitCode)));
    }
}
