package meshdev.mesh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides who serves a dependency: healthy, with the capability, the tags, a version in range, and all its own required
 * dependencies served; of several the best tags, then the highest version, then the lowest id, then what is declared first.
 * Remembers what it found about an offer, so it is good for one look at a mesh that does not change meanwhile.
 */
final class Resolver {
    private final Offers offers;
    private final Map<Tool, String> reasons = new IdentityHashMap<>();
    private final Set<Tool> deciding = Collections.newSetFromMap(new IdentityHashMap<>());

    Resolver(Offers offers) {
        this.offers = offers;
    }

    /** Every dependency of every function, in the order of their declaration. */
    List<Answer> answers(List<Tool> tools) {
        List<Answer> answers = new ArrayList<>();
        for (Tool tool : tools) {
            if (!tool.function().isEmpty()) {
                tool.dependencies().forEach(one -> answers.add(new Answer(tool.function(), one, provider(one))));
            }
        }
        return answers;
    }

    Provider provider(Dependency dependency) {
        Offer best = null;
        int bestScore = 0;
        for (Offer offer : offers.of(dependency.capability())) {
            OptionalInt score = offer.member().isHealthy() ? score(offer, dependency) : OptionalInt.empty();
            if (score.isPresent() && (best == null || isBetter(offer, score.getAsInt() - bestScore, best))
                    && whyNot(offer).isEmpty()) {
                best = offer;
                bestScore = score.getAsInt();
            }
        }
        return best == null ? Provider.NONE : best.provider();
    }

    private static OptionalInt score(Offer offer, Dependency dependency) {
        return dependency.versions().accepts(offer.tool().version()) ? dependency.tags().score(offer.tool().tags())
                : OptionalInt.empty();
    }

    private static boolean isBetter(Offer offer, int lead, Offer than) {
        if (lead != 0) {
            return lead > 0;
        }
        int newer = offer.tool().version().compareTo(than.tool().version());
        return newer != 0 ? newer > 0 : offer.member().id().compareTo(than.member().id()) < 0;
    }

    /** Why nobody can use an offer. */
    Optional<String> whyNot(Offer offer) {
        if (!offer.member().isHealthy()) {
            return Optional.of("agent unhealthy");
        }
        String known = reasons.get(offer.tool());
        if (known == null) {
            known = reason(offer.tool());
        }
        return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    private String reason(Tool tool) {
        if (!requires(tool)) {
            return "";
        }
        if (!deciding.add(tool)) {
            return "required dependency evaluation cycle at '" + tool.capability() + "'"; // true for this way only, so not kept
        }
        String reason = tool.dependencies().stream().filter(one -> one.required() && !one.capability().isEmpty())
                .filter(one -> !provider(one).isFound()).findFirst().map(this::unserved).orElse("");
        deciding.remove(tool);
        reasons.put(tool, reason);
        return reason;
    }

    private static boolean requires(Tool tool) {
        for (Dependency dependency : tool.dependencies()) {
            if (dependency.required()) {
                return true;
            }
        }
        return false;
    }

    private String unserved(Dependency dependency) {
        String what = "required dep '" + dependency.capability() + "' ";
        List<Member> fitting = offers.of(dependency.capability()).stream()
                .filter(offer -> score(offer, dependency).isPresent()).map(Offer::member).toList();
        if (fitting.isEmpty()) {
            return what + "unresolved" + wishes(dependency);
        }
        Optional<Member> dead = fitting.stream().filter(member -> !member.isHealthy()).findFirst();
        return what + "unavailable (provider " + dead.orElse(fitting.get(0)).id() + (dead.isPresent() ? " unhealthy)" : " unavailable)");
    }

    private static String wishes(Dependency dependency) {
        List<String> wishes = new ArrayList<>();
        if (!dependency.tags().rules().isEmpty()) {
            wishes.add("tags=[" + String.join(" ", dependency.tags().rules()) + "]");
        }
        if (!dependency.versions().text().isEmpty()) {
            wishes.add("version " + dependency.versions().text());
        }
        return wishes.isEmpty() ? "" : " (no provider matches " + String.join(", ", wishes) + ")";
    }
}
