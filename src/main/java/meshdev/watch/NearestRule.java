package meshdev.watch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * For a file that reloads nobody: the include that comes nearest to it, and what keeps it from deciding. Never looks at
 * the disk.
 *
 * @param difference words for a user, such as {@code the extension differs (.pyi, not .py)}
 */
public record NearestRule(Rule rule, String difference) {
    /**
     * The nearest of the includes, the first among equals.
     *
     * @param file absolute
     * @return empty for a file that reloads, one outside of all places, and when no include comes near
     */
    public static Optional<NearestRule> to(Path file, WatchRules rules) {
        Decision decision = rules.decide(file);
        if (decision.verdict() == Verdict.RELOAD) {
            return Optional.empty();
        }
        Optional<NearestRule> nearest = Optional.empty();
        Optional<Nearness.Difference> least = Optional.empty();
        for (Rule rule : rules.rules()) {
            if (rule.kind() != Rule.Kind.INCLUDE) {
                continue;
            }
            if (rules.nameFor(rule, file).filter(rule.glob()::matches).isPresent()) {
                return Optional.of(new NearestRule(rule, "it matches, but " + stronger(decision, rules)));
            }
            Optional<Nearness.Difference> difference = difference(rule, file, rules);
            if (difference.isPresent() && (least.isEmpty() || difference.get().compareTo(least.get()) < 0)) {
                least = difference;
                nearest = Optional.of(new NearestRule(rule, difference.get().text()));
            }
        }
        return nearest;
    }

    /** Patterns for one started folder are compared as if they were written for the whole project. */
    private static Optional<Nearness.Difference> difference(Rule rule, Path file, WatchRules rules) {
        Path place = rules.placeOf(file).orElse(rule.base());
        String written = rule.glob().pattern().value();
        String below = written.startsWith(rule.base() + "/") ? Places.below(rule.base(), Path.of(written)) : written;
        boolean project = rule.base().equals(rules.trees().get(0));
        if (!project && !rule.base().startsWith(place)) {
            return Optional.empty();
        }
        String prefix = project || rule.base().equals(place) ? "" : Glob.escape(Places.below(place, rule.base())) + "/";
        return rules.placeOf(file).flatMap(base -> Nearness.between(prefix + below, Places.below(base, file)));
    }

    private static String stronger(Decision decision, WatchRules rules) {
        if (decision.verdict() == Verdict.LOG_ONLY) {
            return "log_only beats include";
        }
        boolean written = rules.rules().stream().anyMatch(rule -> rule.decision().equals(decision));
        return written ? "exclude beats include" : "only an include that names the file literally beats this exclude";
    }
}
