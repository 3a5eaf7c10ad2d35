package meshdev.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Follows which sockets one starting process group listens on. Used by one thread only. */
final class ListeningProbe {
    /** How long a group may listen elsewhere only, before that counts as its answer: it may open several ports. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(1);
    /** A socket is looked at again after this time, in case it was handed over. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final AgentProcess process;
    private final OptionalInt wanted;
    private final ReadySign.Listener listener;
    private final Instant since;
    private final Set<ListeningSocket> foreign = new HashSet<>();
    private final Set<ListeningSocket> own = new HashSet<>();
    private Instant forgetForeignAt;
    private Optional<Instant> elsewhereSince = Optional.empty();

    ListeningProbe(AgentProcess process, OptionalInt wanted, ReadySign.Listener listener, Instant since) {
        this.process = process;
        this.wanted = wanted;
        this.listener = listener;
        this.since = since;
        this.forgetForeignAt = since.plus(SECOND_LOOK);
    }

    Instant since() {
        return since;
    }

    /** Looks once; true when there is nothing more to look for, because the process is ready or gone. */
    boolean settled(Set<ListeningSocket> sockets, ProcessTable table, Instant now) {
        if (process.group().isOver()) {
            return true;
        }
        if (!now.isBefore(forgetForeignAt)) {
            foreign.clear();
            forgetForeignAt = now.plus(SECOND_LOOK);
        }
        attribute(sockets, table);
        return answer(table, now);
    }

    private void attribute(Set<ListeningSocket> sockets, ProcessTable table) {
        own.retainAll(sockets);
        List<Long> members = List.of();
        for (ListeningSocket socket : sockets) {
            if (own.contains(socket) || foreign.contains(socket)) {
                continue;
            }
            if (members.isEmpty()) {
                members = process.group().members();
            }
            (table.owns(members, socket) ? own : foreign).add(socket);
        }
    }

    private boolean answer(ProcessTable table, Instant now) {
        TreeSet<Integer> ports = new TreeSet<>();
        for (ListeningSocket socket : own) {
            ports.add(socket.port());
        }
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
        listener.ready(new ReadySign(OptionalInt.of(ports.first()), table.holder(wanted.getAsInt())));
        return true;
    }
}
