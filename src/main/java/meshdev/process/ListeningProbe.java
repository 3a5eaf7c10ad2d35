package meshdev.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Follows which ports one starting process group listens on. Used by one thread only. */
final class ListeningProbe {
    /** How long a group may listen elsewhere only, before that counts as its answer: it may open several ports. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(1);
    /** Finding children means reading the whole process table, so it is not done at every look. */
    private static final Duration FAMILY = Duration.ofMillis(200);
    /** Reading the table of all connections takes milliseconds: with the same sockets it is not read again so soon. */
    private static final Duration SAME_SOCKETS = Duration.ofMillis(50);

    private final AgentProcess process;
    private final OptionalInt wanted;
    private final ReadySign.Listener listener;
    private final Instant since;
    private List<Long> members;
    private Instant nextFamily;
    private Set<String> sockets = Set.of();
    private Instant nextTable = Instant.MIN;
    private Optional<Instant> elsewhereSince = Optional.empty();

    ListeningProbe(AgentProcess process, OptionalInt wanted, ReadySign.Listener listener, Instant since) {
        this.process = process;
        this.wanted = wanted;
        this.listener = listener;
        this.since = since;
        this.members = List.of(process.pid());
        this.nextFamily = since.plus(FAMILY);
    }

    Instant since() {
        return since;
    }

    /** Looks once; true when there is nothing more to look for, because the process is ready or gone. */
    boolean settled(ProcessTable table, Instant now) {
        if (process.group().isOver()) {
            return true;
        }
        if (!now.isBefore(nextFamily)) {
            members = process.group().members();
            nextFamily = now.plus(FAMILY);
        }
        Set<String> open = table.openSockets(members);
        if (open.isEmpty() || open.equals(sockets) && now.isBefore(nextTable)) {
            return false;
        }
        sockets = open;
        nextTable = now.plus(SAME_SOCKETS);
        return answer(new TreeSet<>(table.listeningPorts(open)), table, now);
    }

    private boolean answer(TreeSet<Integer> ports, ProcessTable table, Instant now) {
        if (ports.isEmpty()) {
            return false;
        }
        if (wanted.isEmpty() || ports.contains(wanted.getAsInt())) {
            listener.ready(new ReadySign(wanted.isPresent() ? wanted : OptionalInt.of(ports.first()), Optional.empty()));
            return true;
        }
        if (elsewhereSince.isEmpty()) {
            elsewhereSince = Optional.of(now);
        }
        if (now.isBefore(elsewhereSince.get().plus(ELSEWHERE))) {
            return false;
        }
        int missing = wanted.getAsInt();
        listener.ready(new ReadySign(OptionalInt.of(ports.first()),
                Optional.of(new ReadySign.Elsewhere(missing, table.holder(missing)))));
        return true;
    }
}
