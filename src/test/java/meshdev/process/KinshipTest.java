package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KinshipTest {
    /** mesh-dev 10 has a guardian 11, an inspector 12 with a child 13, and an agent 20 with a child 21 and one that left, 30. */
    private final Kinship kinship = new Kinship(List.of(of(1, 0, 1), of(10, 1, 10), of(11, 10, 11), of(12, 10, 10),
            of(13, 12, 10), of(20, 10, 20), of(21, 20, 20), of(30, 21, 30), of(31, 30, 30), of(99, 1, 99)));

    private static Kinship.Relative of(long pid, long parent, long group) {
        return new Kinship.Relative(pid, parent, group);
    }

    @Test
    void aGroupHasItsLeaderAndItsMembers() {
        assertEquals(Map.of(20L, List.of(20L, 21L)), kinship.members(Set.of(20L, 77L)));
    }

    @Test
    void aGroupWhoseLeaderHasEndedHasMembersStill() {
        assertEquals(Map.of(20L, List.of(21L)), new Kinship(List.of(of(21, 1, 20))).members(Set.of(20L)));
    }

    @Test
    void helpersAreDescendantsThatComeFromNoAgent() {
        assertEquals(List.of(10L, 11L, 12L, 13L), kinship.without(Set.of(20L), 10));
    }

    @Test
    void aCircleOfParentsEnds() {
        assertEquals(List.of(), new Kinship(List.of(of(5, 6, 5), of(6, 5, 6))).without(Set.of(), 10));
    }
}
