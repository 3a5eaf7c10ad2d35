package meshdev.supervise;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import meshdev.agent.ReloadPlan;
import meshdev.watch.Change;
import meshdev.watch.Refusal;

/** Gathers what is decided about files, keeps it and tells it. Used by the supervisor's thread only. */
final class Decisions {
    private final DecisionLog log = new DecisionLog();
    private final Consumer<SupervisorEvent> listener;
    private final InstantSource clock;

    Decisions(Consumer<SupervisorEvent> listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** A watched file changed; the plan is empty for one that is only logged. */
    void planned(Change change, ReloadPlan plan) {
        note(FileDecision.of(change, plan), clock.instant());
    }

    /** Files that are not watched changed. */
    void refused(Message.FilesRefused message) {
        for (Refusal refusal : message.refusals()) {
            note(FileDecision.of(refusal), message.at());
        }
    }

    /** An agent's machine tells something, perhaps of a change that it took for the agent's own. */
    void reported(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Ignored ignored) {
            for (Path file : ignored.files()) {
                note(FileDecision.ownWrite(ignored.agent(), file), clock.instant());
            }
        } else if (event instanceof SupervisorEvent.Paused paused) {
            note(FileDecision.ownWrite(paused.agent(), paused.file()), clock.instant());
        }
    }

    private void note(FileDecision decision, Instant at) {
        if (log.note(decision, at)) {
            listener.accept(new SupervisorEvent.Decided(decision));
        }
    }
}
