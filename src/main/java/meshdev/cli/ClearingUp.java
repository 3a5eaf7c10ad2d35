package meshdev.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import meshdev.process.Leftovers;
import meshdev.process.MarkedProcess;
import meshdev.process.StopRule;
import meshdev.report.Narrator;
import meshdev.report.Sanitizer;

/** Ends what a mesh-dev that died left behind, before anything is started in its place. */
final class ClearingUp {
    private final Locks locks;
    private final Narrator narrator;
    private final InstantSource clock;

    ClearingUp(Locks locks, Narrator narrator, InstantSource clock) {
        this.locks = locks;
        this.narrator = narrator;
        this.clock = clock;
    }

    /** Does nothing, at no cost, when the last run ended in order. Else takes at most five seconds. */
    void run() throws InterruptedException {
        if (locks.deadRuns().isEmpty()) {
            return;
        }
        Leftovers leftovers = new Leftovers(locks.deadRuns(), clock);
        List<MarkedProcess> found = leftovers.find();
        if (!found.isEmpty()) {
            narrator.warn("An earlier mesh-dev died and left behind: " + named(found) + "; stopping them first");
            List<MarkedProcess> left = leftovers.end(StopRule.USUAL_GRACE);
            if (!left.isEmpty()) {
                narrator.error("still there, although killed: " + named(left) + "; agents may not get their ports");
                return;
            }
        }
        locks.cleared();
    }

    private static String named(List<MarkedProcess> processes) {
        return processes.stream().map(process -> Sanitizer.escapeName(process.toString())).collect(Collectors.joining(", "));
    }
}
