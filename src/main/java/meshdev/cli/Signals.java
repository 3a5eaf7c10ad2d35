package meshdev.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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
    /**
     * What comes together is one wish: {@code timeout} signals a process and then its group, and a script passes on the
     * Ctrl-C that the terminal has sent to all. No hand is as fast.
     */
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private final Supervisor supervisor;
    private final InstantSource clock;
    private Optional<Instant> last = Optional.empty();

    private Signals(Supervisor supervisor, InstantSource clock) {
        this.supervisor = supervisor;
        this.clock = clock;
    }

    /** @param clock monotonic */
    static void handle(Supervisor supervisor, InstantSource clock) {
        SignalDispositions.resetInterrupts();
        Signals signals = new Signals(supervisor, clock);
        Signal.handle(new Signal("INT"), received -> signals.quit(ExitCode.INTERRUPTED));
        Signal.handle(new Signal("TERM"), received -> signals.quit(ExitCode.TERMINATED));
        if (!SignalDispositions.hangUpIsIgnored()) {
            Signal.handle(new Signal("HUP"), received -> signals.hangUp());
        }
    }

    private synchronized void quit(int exitCode) {
        Instant now = clock.instant();
        boolean same = last.isPresent() && Duration.between(last.get(), now).compareTo(TOGETHER) < 0;
        last = Optional.of(now);
        if (!same) {
            supervisor.post(new Message.Quit(exitCode));
        }
    }

    /** Follows any Ctrl-C that also ends the shell of the terminal: a reason to quit, but none to hurry. */
    private void hangUp() {
        supervisor.post(new Message.OutputClosed(ExitCode.HANG_UP));
    }
}
