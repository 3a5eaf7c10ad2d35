package meshdev.cli;

import java.util.function.Consumer;
import meshdev.registry.Registrant;
import meshdev.registry.Registrations;
import meshdev.supervise.SupervisorEvent;

/** What becomes known of agents' processes, for whoever looks after their places in the registry. Nothing here blocks. */
interface MeshMembership extends Consumer<SupervisorEvent> {
    /** Nobody looks after anything. */
    MeshMembership NONE = new MeshMembership() {
        @Override
        public void launched(String agent) {
        }

        @Override
        public void serves(Registrant agent, Registrations.Listener listener) {
        }

        @Override
        public void killed(String agent) {
        }

        @Override
        public void accept(SupervisorEvent event) {
        }
    };

    /** A process of the agent begins; the one before is gone. */
    void launched(String agent);

    /** It listens; the listener is told when it is registered. */
    void serves(Registrant agent, Registrations.Listener listener);

    /** It is gone, and could take leave of nobody. */
    void killed(String agent);
}
