package meshdev.cli;

import java.util.ArrayList;
import java.util.List;
import meshdev.supervise.Message;
import meshdev.supervise.Supervisor;

/** Takes messages for a supervisor that may not exist yet. Thread-safe. */
final class Inlet {
    private final List<Message> early = new ArrayList<>();
    private volatile Supervisor supervisor;

    void post(Message message) {
        synchronized (early) {
            if (supervisor == null) {
                early.add(message);
                return;
            }
        }
        supervisor.post(message);
    }

    void open(Supervisor opened) {
        synchronized (early) {
            supervisor = opened;
            early.forEach(opened::post);
            early.clear();
        }
    }
}
