package meshdev.mesh;

import java.util.List;
import java.util.OptionalInt;

/**
 * Which tags a provider should have: {@code tag} is required, {@code +tag} preferred, {@code -tag} excluded.
 *
 * @param rules each holds
 * @param anyOf of each group at least one tag is there; an excluded one among them excludes all the same
 */
record TagRules(List<String> rules, List<List<String>> anyOf) {
    static final TagRules NONE = new TagRules(List.of(), List.of());

    private static final int REQUIRED = 5;
    private static final int PREFERRED = 10;

    TagRules {
        rules = rules.stream().filter(rule -> !rule.isEmpty()).toList();
        anyOf = anyOf.stream().map(List::copyOf).filter(group -> !group.isEmpty()).toList();
    }

    /** How well these tags fit, or nothing when they do not. */
    OptionalInt score(List<String> tags) {
        int score = 0;
        for (String rule : rules) {
            int points = points(rule, tags);
            boolean isRequired = rule.charAt(0) != '+' && rule.charAt(0) != '-';
            if (isRequired && points == 0 || excludes(rule, tags)) {
                return OptionalInt.empty();
            }
            score += points;
        }
        for (List<String> group : anyOf) {
            int points = group.stream().mapToInt(rule -> points(rule, tags)).max().orElse(0);
            if (points == 0 || group.stream().anyMatch(rule -> excludes(rule, tags))) {
                return OptionalInt.empty();
            }
            score += points;
        }
        return OptionalInt.of(score);
    }

    private static int points(String rule, List<String> tags) {
        if (rule.startsWith("+")) {
            return tags.contains(rule.substring(1)) && rule.length() > 1 ? PREFERRED : 0;
        }
        return tags.contains(rule) && !rule.startsWith("-") && !rule.isEmpty() ? REQUIRED : 0;
    }

    private static boolean excludes(String rule, List<String> tags) {
        return rule.length() > 1 && rule.startsWith("-") && tags.contains(rule.substring(1));
    }
}
