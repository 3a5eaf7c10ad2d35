package meshdev.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import meshdev.process.ExitStatus;
import meshdev.process.ProcessListener;
import meshdev.process.ProcessName;
import meshdev.process.Processes;
import meshdev.process.ReadySign;
import meshdev.supervise.AgentLauncher.Order;
import meshdev.supervise.Message;

/** Tells the supervisor how one launch fares. Called by the threads that watch the process. */
final class LaunchReport implements ProcessListener, ReadySign.Listener {
    private final Order order;
    private final Processes processes;
    private final Consumer<Message> inbox;
    private final Successors successors;
    /** It was ready, or it was asked to end: an exit from now on is no failed start. */
    private volatile boolean startOver;

    /** @param successors told when it is ready */
    LaunchReport(Order order, Processes processes, Consumer<Message> inbox, Successors successors) {
        this.successors = successors;
        this.order = order;
        this.processes = processes;
        this.inbox = inbox;
    }

    /** mesh-dev is about to end it. */
    void endWanted() {
        startOver = true;
    }

    @Override
    public void ready(ReadySign sign) {
        startOver = true;
        inbox.accept(new Message.Ready(order.agent(), order.run(), sign));
        successors.up(order, sign.port());
    }

    @Override
    public void leaderExited(ExitStatus exit, List<ProcessName> left) {
        inbox.accept(new Message.LeaderExited(order.agent(), order.run(), exit, left));
    }

    /** Who holds the port is looked up here and only after a failed start, because it takes milliseconds. */
    @Override
    public void gone(ExitStatus exit) {
        Optional<ProcessName> holder = Optional.empty();
        try {
            if (!exit.success() && !startOver && order.port().isPresent()) {
                holder = processes.holder(order.port().getAsInt());
            }
        } finally {
            inbox.accept(new Message.Gone(order.agent(), order.run(), exit, holder));
        }
    }
}
