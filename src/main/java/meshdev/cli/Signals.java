package meshdev.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import meshdev.process.SignalDispositions;
import meshdev.supervise.Message;
import sun.misc.Signal;

/**
 * Turns signals into messages: the first one ends all agents gracefully, the next one at once. Thread-safe, as the JVM
 * runs a handler on a thread of its own.
 *
 * <p>{@code sun.misc.Signal} is the JDK's supported way to do this (JEP 260); a shutdown hook could not see a second one.
 * There is a hook besides, for the signal that came a moment before {@link #handle}: the JVM's own handler takes its time to
 * end the program, and its other threads run on meanwhile, so an agent launched then would be left behind.
 */
final class Signals implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * From now on signals are the supervisor's. Call before anything is launched.
     *
     * @return false when the JVM is ending already: nothing may be launched any more
     */
    boolean handle(Consumer<Message> supervisor) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(null, () -> endFirst(supervisor), "shutdown", 0));
        } catch (IllegalStateException e) {
            return false;
        }
        SignalDispositions before = SignalDispositions.read();
        before.resetInterrupts();
        Signal.handle(new Signal("INT"), received -> quit(supervisor, ExitCode.INTERRUPTED));
        Signal.handle(new Signal("TERM"), received -> quit(supervisor, ExitCode.TERMINATED));
        if (!before.hangUpIsIgnored()) {
            Signal.handle(new Signal("HUP"), received -> hangUp(supervisor));
        }
        return true;
    }

    private static void quit(Consumer<Message> supervisor, int exitCode) {
        supervisor.accept(new Message.Quit(exitCode));
    }

    /** Follows any Ctrl-C that also ends the shell of the terminal: a reason to quit, but none to hurry. */
    private static void hangUp(Consumer<Message> supervisor) {
        supervisor.accept(new Message.OutputClosed(ExitCode.HANG_UP));
    }

    /** The JVM ends: after the agents, whose supervisor limits how long that takes. */
    private void endFirst(Consumer<Message> supervisor) {
        if (over.getCount() == 0) {
            return; // the usual end: System.exit behind the run
        }
        quit(supervisor, ExitCode.TERMINATED);
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run is over: nothing of it is left that the JVM would have to wait for. */
    @Override
    public void close() {
        over.countDown();
    }
}
