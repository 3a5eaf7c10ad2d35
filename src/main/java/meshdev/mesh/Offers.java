package meshdev.mesh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is served, found by capability; an agent's in the order it declares them. */
final class Offers {
    private final Map<String, List<Offer>> byCapability = new HashMap<>();

    List<Offer> of(String capability) {
        return byCapability.getOrDefault(capability, List.of());
    }

    void add(Member member) {
        for (Tool tool : member.tools()) {
            if (tool.serves()) {
                byCapability.computeIfAbsent(tool.capability(), any -> new ArrayList<>(1)).add(new Offer(member, tool));
            }
        }
    }

    void remove(Member member) {
        for (Tool tool : member.tools()) {
            byCapability.computeIfPresent(tool.capability(), (any, offers) -> {
                offers.removeIf(offer -> offer.member() == member);
                return offers.isEmpty() ? null : offers;
            });
        }
    }
}
