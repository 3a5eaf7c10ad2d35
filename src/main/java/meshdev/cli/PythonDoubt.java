package meshdev.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.agent.Discovery;
import meshdev.agent.Interpreter;
import meshdev.process.PythonProbe;
import meshdev.report.Narrator;
import meshdev.supervise.SupervisorEvent;

/**
 * Asks once, after the first failed start of a Python agent, whether the interpreter is one at all: {@code --python} may
 * name any program. Asking before would cost every start a process.
 */
final class PythonDoubt implements Consumer<SupervisorEvent>, AgentsListener {
    private final Narrator narrator;
    private final Caller caller;
    private final Consumer<String> left;
    private final Map<String, Interpreter> interpreters = new ConcurrentHashMap<>();

    /** @param left told of agents that have ended for good */
    PythonDoubt(Project project, Caller caller, Narrator narrator, Consumer<String> left) {
        this.left = left;
        this.narrator = narrator;
        this.caller = caller;
        note(project.discovery());
    }

    @Override
    public void agentsChanged(Project project, Map<String, LaunchSettings> settings) {
        if (!interpreters.isEmpty()) {
            note(project.discovery());
        }
    }

    private void note(Discovery found) {
        Optional<Interpreter> python = found.interpreter();
        for (Agent agent : found.agents()) {
            if (python.isPresent() && agent.command().get(0).equals(python.get().path().toString())) {
                interpreters.put(agent.name(), python.get());
            }
        }
    }

    @Override
    public void accept(SupervisorEvent event) {
        narrator.accept(event);
        if (event instanceof SupervisorEvent.StartFailed failed) {
            doubt(failed.agent(), failed.failure().why());
        } else if (event instanceof SupervisorEvent.BreakerTripped tripped) {
            doubt(tripped.agent(), tripped.failure().why());
        } else if (event instanceof SupervisorEvent.Left gone) {
            left.accept(gone.agent());
        }
    }

    /** What could not even be launched has an explanation of its own. */
    private void doubt(String agent, String why) {
        Interpreter python = interpreters.get(agent);
        if (python != null && why.startsWith("exit code ")) {
            interpreters.clear();
            Thread thread = new Thread(() -> ask(python), "python-check");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void ask(Interpreter python) {
        if (PythonProbe.ask(python.path(), caller.environment(), caller.workingDirectory()).isEmpty()) {
            narrator.error(python.label() + " (chosen by " + python.origin() + ") does not answer as a Python interpreter;"
                    + " name another one with --python");
        }
    }
}
