package meshdev.realmesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import meshdev.blackbox.Patience;

/**
 * Calls a tool through {@code meshctl} again and again until it is closed, and notes what came of it. Several callers take
 * turns, since a call that fails takes most of a second.
 */
final class Calls implements AutoCloseable {
    private static final int CALLERS = 2;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Meshctl meshctl;
    private final String tool;
    private final List<Call> made = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** @param from {@link System#nanoTime()} when it began */
    record Call(long from, long to, Meshctl.Reply reply) {
        boolean isAnswered() {
            return reply.answer().isPresent();
        }
    }

    Calls(Meshctl meshctl, String tool) {
        this.meshctl = meshctl;
        this.tool = tool;
        for (int caller = 0; caller < CALLERS; caller++) {
            Thread thread = new Thread(this::run, "calls of " + tool);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void run() {
        while (!closed) {
            long from = System.nanoTime();
            Meshctl.Reply reply = meshctl.call(tool);
            made.add(new Call(from, System.nanoTime(), reply));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** In the order in which they began. */
    List<Call> made() {
        return made.stream().sorted(Comparator.comparing(Call::from)).toList();
    }

    /** Waits for an answer to a call that has not begun yet. */
    void awaitAnswer(String what, Duration limit, Predicate<String> isIt) {
        long now = System.nanoTime();
        Patience.until("an answer " + what, limit,
                () -> made.stream().anyMatch(call -> call.from() >= now && call.reply().answer().filter(isIt).isPresent()),
                this::text);
    }

    /**
     * The times for which calls failed, longest first: each from the beginning of a call until that of the last that failed
     * without one answered between.
     */
    List<Duration> outages() {
        List<Duration> outages = new ArrayList<>();
        long first = 0;
        boolean fails = false;
        for (Call call : made()) {
            if (!call.isAnswered() && !fails) {
                first = call.from();
                outages.add(Duration.ZERO);
            }
            if (!call.isAnswered()) {
                outages.set(outages.size() - 1, Duration.ofNanos(call.from() - first));
            }
            fails = !call.isAnswered();
        }
        outages.sort(Comparator.reverseOrder());
        return outages;
    }

    /** What was said, each thing once in a row, with milliseconds since the first call. */
    String text() {
        StringBuilder text = new StringBuilder("--- calls of " + tool + " ---\n");
        String last = "";
        List<Call> ordered = made();
        for (Call call : ordered) {
            String said = call.reply().answer().orElse(call.reply().said());
            if (!said.equals(last)) {
                text.append((call.from() - ordered.get(0).from()) / 1_000_000).append(" ms: ")
                        .append(said, 0, Math.min(300, said.length())).append('\n');
            }
            last = said;
        }
        return text.toString();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
