package meshdev.watch;

import java.util.Optional;
import meshdev.config.Sourced;

/**
 * The verdict on one path and why.
 *
 * @param rule   the pattern or path that decided, as written; empty when no rule names the path
 * @param reason words for a user, without the path itself
 */
public record Decision(Verdict verdict, Optional<Sourced<String>> rule, String reason) {
    static Decision by(Verdict verdict, String how, Sourced<String> rule) {
        return new Decision(verdict, Optional.of(rule),
                how + " \"" + rule.value() + "\" (" + rule.origin() + ")");
    }

    static Decision ignored(String reason) {
        return new Decision(Verdict.IGNORED, Optional.empty(), reason);
    }
}
