package meshdev.mesh;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as agents write it, ordered by precedence (semver.org): {@code 1}, {@code 1.2} and {@code v1.2.3} are versions
 * too. A text that is none is kept; it is older than every version and ordered by its characters.
 *
 * @param text       as it was written
 * @param isSemantic whether the text is a version; if not, the numbers mean nothing
 * @param preRelease its identifiers; empty for a release
 */
record Version(String text, boolean isSemantic, List<Long> numbers, List<String> preRelease) implements Comparable<Version> {
    private static final int LONGEST = 256;
    private static final Pattern FORM = Pattern.compile(
            "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?");

    static Version of(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            return none(text);
        }
        List<Long> numbers = List.of(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
        List<String> preRelease = parts.group(4) == null ? List.of() : List.of(parts.group(4).split("\\."));
        boolean padded = preRelease.stream().anyMatch(one -> one.length() > 1 && one.charAt(0) == '0' && isNumber(one));
        return padded ? none(text) : new Version(text, true, numbers, preRelease);
    }

    private static Version none(String text) {
        return new Version(text, false, List.of(0L, 0L, 0L), List.of());
    }

    private static Long number(String digits) {
        return digits == null ? 0L : Long.valueOf(digits);
    }

    long major() {
        return numbers.get(0);
    }

    long minor() {
        return numbers.get(1);
    }

    long patch() {
        return numbers.get(2);
    }

    @Override
    public int compareTo(Version other) {
        if (!isSemantic || !other.isSemantic) {
            return isSemantic == other.isSemantic ? text.compareTo(other.text) : Boolean.compare(isSemantic, other.isSemantic);
        }
        for (int i = 0; i < numbers.size(); i++) {
            int order = Long.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return comparePreRelease(preRelease, other.preRelease);
    }

    private static int comparePreRelease(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty()); // a release comes after what precedes it
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compareIdentifiers(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compareIdentifiers(String one, String other) {
        boolean numbers = isNumber(one) && isNumber(other);
        if (numbers && one.length() != other.length()) {
            return Integer.compare(one.length(), other.length());
        }
        return numbers || isNumber(one) == isNumber(other) ? one.compareTo(other) : isNumber(one) ? -1 : 1;
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
