package meshdev.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions a dependency takes, as the real registry reads them (the rules of Masterminds/semver):
 * {@code >=1.2, <2}, {@code ^1.2}, {@code ~1.2}, {@code 1.x}, {@code 1.0 - 1.4}, {@code != 1.3}, {@code ^1 || ^3}. A
 * pre-release is taken only by alternatives that name one. A text that is no range takes the very same text only.
 *
 * @param text         as it was written; empty takes everything
 * @param alternatives terms that hold together; empty when the text is no range
 */
record VersionRange(String text, List<List<VersionTerm>> alternatives) {
    static final VersionRange ANY = new VersionRange("", List.of());

    private static final int LONGEST = 256;
    private static final Pattern HYPHEN = Pattern.compile("\\s*(" + VersionTerm.BOUND + ")\\s+-\\s+(" + VersionTerm.BOUND + ")\\s*");
    private static final Pattern TERM = Pattern.compile("\\s*(" + VersionTerm.OPERATOR + "\\s*" + VersionTerm.BOUND + ")");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,|\\s+");

    static VersionRange of(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return text.isEmpty() ? ANY : new VersionRange(text, List.of());
        }
        List<List<VersionTerm>> alternatives = new ArrayList<>();
        for (String alternative : HYPHEN.matcher(text).replaceAll(">=$1, <=$2 ").split("\\|\\|", -1)) {
            Optional<List<VersionTerm>> terms = terms(alternative.stripTrailing());
            if (terms.isEmpty()) {
                return new VersionRange(text, List.of());
            }
            alternatives.add(terms.get());
        }
        return new VersionRange(text, List.copyOf(alternatives));
    }

    private static Optional<List<VersionTerm>> terms(String alternative) {
        List<VersionTerm> terms = new ArrayList<>();
        int at = 0;
        do {
            Matcher term = TERM.matcher(alternative).region(at, alternative.length());
            Optional<VersionTerm> read = term.lookingAt() ? VersionTerm.of(term.group(1)) : Optional.empty();
            if (read.isEmpty()) {
                return Optional.empty();
            }
            terms.add(read.get());
            at = term.end();
            Matcher separator = SEPARATOR.matcher(alternative).region(at, alternative.length());
            if (at < alternative.length() && !separator.lookingAt()) {
                return Optional.empty();
            }
            at = at < alternative.length() ? separator.end() : at + 1;
        } while (at <= alternative.length());
        return Optional.of(List.copyOf(terms));
    }

    boolean accepts(Version version) {
        if (text.isEmpty()) {
            return true;
        }
        if (alternatives.isEmpty() || !version.isSemantic()) {
            return version.text().equals(text);
        }
        for (List<VersionTerm> terms : alternatives) { // asked for every offer of every heartbeat, so without streams
            if (accepts(terms, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean accepts(List<VersionTerm> terms, Version version) {
        boolean pre = version.preRelease().isEmpty();
        for (VersionTerm term : terms) {
            if (!term.accepts(version)) {
                return false;
            }
            pre |= !term.bound().preRelease().isEmpty();
        }
        return pre;
    }
}
