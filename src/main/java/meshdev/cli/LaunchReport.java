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
    private final OfferedPorts.Offer offer;
    private final Consumer<Message> inbox;
    private final Witnesses witnesses;
    /** It was ready, or it was asked to end: an exit from now on is no failed start. */
    private volatile boolean startOver;
    private volatile boolean killed;

    /**
     * Who else is told, or asked.
     *
     * @param processes  asked who has its port
     * @param successors told when it is ready
     * @param places     told where it listens, and when it was killed
     */
    record Witnesses(Processes processes, Successors successors, AgentLaunching.Places places) {
    }

    LaunchReport(Order order, OfferedPorts.Offer offer, Consumer<Message> inbox, Witnesses witnesses) {
        this.order = order;
        this.offer = offer;
        this.inbox = inbox;
        this.witnesses = witnesses;
    }

    /** mesh-dev is about to end it. */
    void endWanted() {
        startOver = true;
    }

    /** mesh-dev is about to kill it. */
    void killed() {
        startOver = true;
        killed = true;
    }

    @Override
    public void ready(ReadySign sign) {
        startOver = true;
        inbox.accept(new Message.Ready(order.agent(), order.run(), sign));
        witnesses.successors().up(order, sign.port());
        sign.port().ifPresent(port -> witnesses.places().ports().listens(order.agent(), offer, port));
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
                holder = witnesses.processes().holder(order.port().getAsInt());
            }
            if (killed) {
                witnesses.places().mesh().killed(order.agent());
            }
        } finally {
            inbox.accept(new Message.Gone(order.agent(), order.run(), exit, holder));
        }
    }
}
