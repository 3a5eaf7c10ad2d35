package meshdev.mesh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One comparison of a range, such as {@code >=1.2}.
 *
 * @param operator as written; empty for none
 * @param bound    what is left out counts as 0
 * @param given    how many of its three numbers are given; the others are left out or an {@code x}
 */
record VersionTerm(String operator, Version bound, int given) {
    static final String OPERATOR = "(?:=>|=<|~>|!=|>=|<=|[=><~^])?";
    static final String BOUND = "v?(?:\\d{1,18}|[xX*])(?:\\.(?:\\d{1,18}|[xX*]))?(?:\\.(?:\\d{1,18}|[xX*]))?"
            + "(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?";
    private static final Pattern FORM = Pattern.compile("(" + OPERATOR + ")\\s*v?([\\dxX*]+)(?:\\.([\\dxX*]+))?(?:\\.([\\dxX*]+))?"
            + "([-+].*)?");

    /** @param text an operator and a bound; nothing is returned when the bound is no version after all */
    static Optional<VersionTerm> of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        StringBuilder numbers = new StringBuilder();
        int given = 0;
        for (int group = 2; group <= 4; group++) {
            boolean known = given == group - 2 && parts.group(group) != null && Character.isDigit(parts.group(group).charAt(0));
            numbers.append(group == 2 ? "" : ".").append(known ? parts.group(group) : "0");
            given += known ? 1 : 0;
        }
        String suffix = parts.group(5) == null ? "" : parts.group(5);
        Version bound = Version.of(numbers + suffix);
        return bound.isSemantic() ? Optional.of(new VersionTerm(parts.group(1), bound, given)) : Optional.empty();
    }

    boolean accepts(Version version) {
        return switch (operator) {
            case "!=" -> !isNamed(version);
            case ">" -> isAfter(version);
            case "<" -> version.compareTo(bound) < 0;
            case ">=", "=>" -> version.compareTo(bound) >= 0;
            case "<=", "=<" -> isUpTo(version);
            case "^" -> isCompatible(version);
            case "~", "~>" -> isNear(version);
            default -> given < 3 ? isNear(version) : version.compareTo(bound) == 0;
        };
    }

    /** {@code !=1.x} leaves out all of 1. */
    private boolean isNamed(Version version) {
        return given == 3 ? version.compareTo(bound) == 0
                : given > 0 && version.major() == bound.major() && (given == 1 || version.minor() == bound.minor());
    }

    /** {@code >1} means 2 and later, since 1.5 is a 1. */
    private boolean isAfter(Version version) {
        if (given == 0 || given == 3 || version.major() != bound.major()) {
            return version.compareTo(bound) > 0;
        }
        return given == 2 && version.minor() > bound.minor();
    }

    /** {@code <=1.2} takes 1.2.9 too. */
    private boolean isUpTo(Version version) {
        if (given == 3 || version.major() != bound.major()) {
            return version.compareTo(bound) <= 0;
        }
        return given == 1 || version.minor() <= bound.minor();
    }

    private boolean isNear(Version version) {
        if (version.compareTo(bound) < 0) {
            return false;
        }
        boolean anything = given != 1 && given != 2 && bound.major() == 0 && bound.minor() == 0 && bound.patch() == 0;
        return anything || version.major() == bound.major() && (given == 1 || version.minor() == bound.minor());
    }

    private boolean isCompatible(Version version) {
        if (version.compareTo(bound) < 0 || version.major() != bound.major()) {
            return false;
        }
        if (bound.major() > 0 || given == 1) {
            return true;
        }
        return version.minor() == bound.minor() && (bound.minor() > 0 || given == 2 || version.patch() == bound.patch());
    }
}
