package meshdev.mesh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is in the mesh and who serves whom. It has no threads and no sockets; calls must not overlap.
 *
 * <p>Every change that may concern others is counted, and an agent is told to ask again when the count has gone up since it
 * last did: a new agent, one that is back or gone, or one that moved to another endpoint. The real registry does not notice
 * the last, so that consumers go on calling a dead port.
 */
final class Mesh {
    /** An agent that says nothing for so long is unhealthy. Agents speak every 5 s. */
    static final Duration SILENCE = Duration.ofSeconds(20);
    /** An unhealthy agent is forgotten after that. */
    static final Duration MEMORY = Duration.ofHours(1);
    static final int MOST_AGENTS = 1000;
    /** All agents' JSON together; what is kept of it is less. */
    static final long MOST_BYTES = 16L << 20;
    /** How often {@link #tick} is to be called, and silence is looked for. */
    static final Duration TICK = Duration.ofSeconds(1);
    /** Who ticks later than that was stopped itself (Ctrl-Z), and heard nobody meanwhile. */
    private static final Duration NAP = Duration.ofSeconds(3);

    private final InstantSource clock;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Offers offers = new Offers();
    private Instant nextSweep = Instant.MIN;
    private Instant awake;
    private long changes;
    private long bytes;

    Mesh(InstantSource clock) {
        this.clock = clock;
        this.awake = clock.instant();
    }

    /** Time passes, and the mesh was not asleep. */
    void tick() {
        awake = swept();
    }

    /** An agent registers, or tells anew what it is. */
    Outcome heartbeat(Heartbeat heartbeat) {
        Instant now = swept();
        Optional<String> complaint = heartbeat.complaint().or(() -> cycle(heartbeat)).or(() -> noRoom(heartbeat));
        if (complaint.isPresent()) {
            return new Outcome.Refused(complaint.get());
        }
        Member known = members.get(heartbeat.agentId());
        Member member = known == null ? new Member(heartbeat.agentId(), now) : known;
        boolean isBack = known != null && !known.isHealthy();
        Endpoint before = member.endpoint();
        take(member, heartbeat, now);
        changes += known == null || !before.equals(member.endpoint()) ? 1 : 0;
        member.refresh(new Resolver(offers).answers(member.tools()), changes);
        changes += isBack ? 1 : 0; // itself, too, asks once more
        return new Outcome.Taken(known == null, member.answers());
    }

    private void take(Member member, Heartbeat heartbeat, Instant now) {
        offers.remove(member);
        bytes += heartbeat.bytes() - member.bytes();
        member.tell(heartbeat, now);
        members.put(member.id(), member);
        offers.add(member);
    }

    private Optional<String> cycle(Heartbeat heartbeat) {
        Stream<Tool> others = members.values().stream().filter(other -> !other.id().equals(heartbeat.agentId()))
                .flatMap(other -> other.tools().stream());
        return RequiredCycle.closedBy(heartbeat.tools(), others)
                .map(cycle -> "required dependency cycle: " + String.join(" → ", cycle));
    }

    /** Unhealthy agents make room, the longest silent first. */
    private Optional<String> noRoom(Heartbeat heartbeat) {
        while (!hasRoom(heartbeat)) {
            Optional<Member> oldest = members.values().stream()
                    .filter(member -> !member.isHealthy() && !member.id().equals(heartbeat.agentId()))
                    .min((one, other) -> one.seen().compareTo(other.seen()));
            if (oldest.isEmpty()) {
                return Optional.of("this registry has no room for more agents");
            }
            forget(oldest.get());
        }
        return Optional.empty();
    }

    private boolean hasRoom(Heartbeat heartbeat) {
        Member known = members.get(heartbeat.agentId());
        long after = bytes + heartbeat.bytes() - (known == null ? 0 : known.bytes());
        return after <= MOST_BYTES && members.size() + (known == null ? 1 : 0) <= MOST_AGENTS;
    }

    private void forget(Member member) {
        members.remove(member.id());
        offers.remove(member);
        bytes -= member.bytes();
    }

    /** An agent lives. */
    News beat(String agentId) {
        Instant now = swept();
        Member member = members.get(agentId);
        if (member == null || !member.isHealthy()) {
            return News.UNKNOWN;
        }
        member.beat(now);
        return member.refreshed() < changes ? News.CHANGED : News.NONE;
    }

    /** An agent ends. It stays known as unhealthy for a while. */
    void leave(String agentId) {
        swept();
        Optional.ofNullable(members.get(agentId)).ifPresent(this::fail);
    }

    private void fail(Member member) {
        member.fail();
        members.values().forEach(other -> other.lose(member.id()));
        changes++;
    }

    /** All agents, the first known first. */
    Collection<Member> members() {
        swept();
        return Collections.unmodifiableCollection(members.values());
    }

    /** Whether an agent, healthy or not, listens there. */
    boolean isEndpoint(String authority) {
        return members.values().stream().anyMatch(member -> member.endpoint().isKnown()
                && member.endpoint().authority().equals(authority));
    }

    /** Decides by the mesh as it is now. */
    Resolver resolver() {
        return new Resolver(offers);
    }

    private Instant swept() {
        Instant now = clock.instant();
        Duration asleep = Duration.between(awake, now);
        if (asleep.compareTo(NAP) > 0) {
            members.values().forEach(member -> member.excuse(asleep));
            awake = now;
        }
        if (now.isAfter(nextSweep)) {
            nextSweep = now.plus(TICK);
            List<Member> silent = members.values().stream().filter(one -> one.seen().plus(SILENCE).isBefore(now)).toList();
            silent.stream().filter(Member::isHealthy).forEach(this::fail);
            silent.stream().filter(one -> one.seen().plus(MEMORY).isBefore(now)).forEach(this::forget);
        }
        return now;
    }
}
