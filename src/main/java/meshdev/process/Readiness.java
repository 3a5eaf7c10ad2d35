package meshdev.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Watches processes that are starting until their condition holds. One thread looks at the sockets of all of them; it
 * waits without cost while nothing starts, looks often at first and seldom later. It never looks at once: no agent
 * listens that soon, and on a small machine every look takes time from the agent's own start.
 */
final class Readiness {
    /** A successor that was ready to go needs no longer. */
    private static final Duration KEEN = Duration.ofMillis(60);
    private static final long KEEN_PAUSE_MILLIS = 4;
    private static final Duration EAGER = Duration.ofSeconds(3);
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final long EAGER_PAUSE_MILLIS = 20;
    private static final long PAUSE_MILLIS = 50;
    /** An agent may never listen and be looked at for days. */
    private static final long PATIENT_PAUSE_MILLIS = 2000;
    private static final long PATIENT_COST_FACTOR = 500;
    /** The watching itself may cost this part of a core at most: one in four. */
    private static final long COST_FACTOR = 3;

    private final ProcessTable table;
    private final InstantSource clock;
    private final BlockingQueue<ListeningProbe> arrivals = new LinkedBlockingQueue<>();

    Readiness(ProcessTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
        Thread thread = new Thread(null, this::run, "readiness", 0);
        thread.setDaemon(true);
        thread.start();
    }

    /** Reports to the listener once, unless the process ends before. */
    void watch(String name, AgentProcess process, ReadyCondition condition, ReadySign.Listener listener) {
        if (condition.needsListening()) {
            ReadySign.Listener next = condition.health()
                    .<ReadySign.Listener>map(path -> sign -> HealthProbe.start(name, process, path, sign, listener))
                    .orElse(listener);
            arrivals.add(new ListeningProbe(process, condition.port(), next, clock.instant()));
        } else {
            ReadySign sign = new ReadySign(condition.port(), Optional.empty());
            HealthProbe.start(name, process, condition.health().orElseThrow(), sign, listener);
        }
    }

    private void run() {
        List<ListeningProbe> probes = new ArrayList<>();
        try {
            while (true) {
                turn(probes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(List<ListeningProbe> probes) throws InterruptedException {
        if (probes.isEmpty()) {
            probes.add(arrivals.take());
            await(probes, clock.instant());
        }
        Instant begin = clock.instant();
        try {
            look(probes, begin);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Readiness.class).error("could not look at sockets", e); // the next look may
        }
        await(probes, begin);
        arrivals.drainTo(probes);
    }

    private void look(List<ListeningProbe> probes, Instant now) {
        Iterator<ListeningProbe> each = probes.iterator();
        while (each.hasNext()) {
            if (each.next().settled(table, now)) {
                each.remove();
            }
        }
    }

    private void await(List<ListeningProbe> probes, Instant begin) throws InterruptedException {
        if (probes.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        long pause = PATIENT_PAUSE_MILLIS;
        for (ListeningProbe probe : probes) {
            pause = Math.min(pause, pauseAt(Duration.between(probe.since(), now)));
        }
        long cost = Duration.between(begin, now).toMillis();
        long factor = pause == PATIENT_PAUSE_MILLIS ? PATIENT_COST_FACTOR : COST_FACTOR;
        ListeningProbe arrival = arrivals.poll(Math.max(pause, factor * cost), TimeUnit.MILLISECONDS);
        if (arrival != null) {
            probes.add(arrival);
        }
    }

    private static long pauseAt(Duration age) {
        if (age.compareTo(KEEN) < 0) {
            return KEEN_PAUSE_MILLIS;
        }
        if (age.compareTo(EAGER) < 0) {
            return EAGER_PAUSE_MILLIS;
        }
        return age.compareTo(PATIENT) < 0 ? PAUSE_MILLIS : PATIENT_PAUSE_MILLIS;
    }
}
