package meshdev.cli;

import java.util.Map;

/** Is told of the agents of the run when they, or what they are launched with, are others; before anything goes by that. */
interface AgentsListener {
    /**
     * Called on the thread that has looked for agents; may take its time.
     *
     * @param project  as it will be, with all agents of the run
     * @param settings what each is launched with, by name
     */
    void agentsChanged(Project project, Map<String, LaunchSettings> settings);
}
