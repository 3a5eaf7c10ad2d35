package meshdev.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who of all processes belongs to whom: groups to their leaders, helpers to mesh-dev. */
final class Kinship {
    private final Collection<Relative> all;
    private final Map<Long, Relative> byPid = new HashMap<>();

    /** One process. */
    record Relative(long pid, long parent, long group) {
    }

    Kinship(Collection<Relative> all) {
        this.all = all;
        all.forEach(one -> byPid.put(one.pid(), one));
    }

    /** The members of these groups, by group; those without any are left out. */
    Map<Long, List<Long>> members(Set<Long> groups) {
        Map<Long, List<Long>> members = new HashMap<>();
        for (Relative one : all) {
            if (groups.contains(one.group())) {
                members.computeIfAbsent(one.group(), group -> new ArrayList<>()).add(one.pid());
            }
        }
        return members;
    }

    /** A process and its descendants, but none of those groups, nor what descends from them. */
    List<Long> without(Set<Long> groups, long ancestor) {
        List<Long> family = new ArrayList<>();
        for (Relative one : all) {
            if (descends(one, ancestor, groups)) {
                family.add(one.pid());
            }
        }
        return family;
    }

    private boolean descends(Relative one, long ancestor, Set<Long> groups) {
        Set<Long> passed = new HashSet<>(); // a pid that was given anew between two reads could make a circle
        for (Relative at = one; at != null && passed.add(at.pid()); at = byPid.get(at.parent())) {
            if (at.pid() == ancestor) {
                return true;
            }
            if (groups.contains(at.group())) {
                return false;
            }
        }
        return false;
    }
}
