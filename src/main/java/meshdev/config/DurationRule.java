package meshdev.config;

import java.time.Duration;

/**
 * How one duration may be written: a number with {@code ms}, {@code s} or {@code m}, or a plain integer in the unit that
 * users of such a setting expect. What YAML would silently read as another number (octal, base 60, exponents) is refused.
 *
 * @param plainUnit what a plain integer counts: {@code ms} or {@code s}
 * @param least     smallest value, in milliseconds
 * @param most      largest value, in milliseconds
 */
record DurationRule(String plainUnit, long least, long most) implements Section.Reading<Duration> {
    /** Quiet time before a reload; plain integers are milliseconds. */
    static final DurationRule RELOAD_DELAY = new DurationRule("ms", 0, 60_000);
    /** Grace of a stop; plain integers are seconds, as in the settings of this name elsewhere. */
    static final DurationRule STOP_TIMEOUT = new DurationRule("s", 0, 600_000);
    /** How long a start may fail; plain integers are seconds. */
    static final DurationRule STARTUP_WINDOW = new DurationRule("s", 1, 600_000);
    /** Interval of polling; plain integers are milliseconds. */
    static final DurationRule POLL = new DurationRule("ms", 10, 60_000);

    private static final int MOST_DIGITS = 12;

    /** @throws ConfigException with a remedy when the word is malformed or out of range */
    @Override
    public Duration of(Said said) {
        String text = said.text().strip();
        int end = numberEnd(text);
        String number = text.substring(0, end);
        String unit = text.substring(end).strip();
        refuseSurprises(said, text, number, unit);
        long millis = millis(number, unit.isEmpty() ? plainUnit : unit);
        if (millis < least || millis > most) {
            throw said.refuse("is out of range; " + accepted());
        }
        return Duration.ofMillis(millis);
    }

    private static int numberEnd(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private void refuseSurprises(Said said, String text, String number, String unit) {
        String surprise = surprise(text, number, unit);
        if (!surprise.isEmpty()) {
            throw said.refuse(surprise + "; " + accepted());
        }
    }

    private static String surprise(String text, String number, String unit) {
        if (text.startsWith("-")) {
            return "is negative";
        }
        if (number.length() > 1 && number.charAt(0) == '0' && isDigit(number.charAt(1))) {
            return "begins with a zero, which YAML reads as octal";
        }
        if (!unit.isEmpty()) {
            return number.isEmpty() ? "is no duration" : unitSurprise(number, unit);
        }
        if (number.indexOf('.') >= 0) {
            return isNumber(number) ? "has a fraction but no unit" : "is no duration";
        }
        return number.isEmpty() ? "is no duration" : "";
    }

    private static String unitSurprise(String number, String unit) {
        char first = unit.charAt(0);
        if (first == ':') {
            return "would be read to base 60 by YAML";
        }
        if (first == '_') {
            return "contains an underscore";
        }
        if (first == 'x' || first == 'X' || first == 'o') {
            return "is not decimal";
        }
        if ((first == 'e' || first == 'E') && unit.length() > 1) {
            return "has an exponent";
        }
        boolean known = unit.equals("ms") || unit.equals("s") || unit.equals("m");
        return known && isNumber(number) ? "" : "is no duration";
    }

    /** {@code 12}, {@code 1.5}, {@code .5}. */
    private static boolean isNumber(String number) {
        int dot = number.indexOf('.');
        return dot == number.lastIndexOf('.') && dot != number.length() - 1;
    }

    /** Milliseconds, or one more than any limit when the number is absurdly long. */
    private static long millis(String number, String unit) {
        int dot = number.indexOf('.');
        String whole = dot < 0 ? number : number.substring(0, dot);
        String fraction = dot < 0 ? "" : number.substring(dot + 1);
        if (whole.length() > MOST_DIGITS) {
            return Long.MAX_VALUE;
        }
        long factor = unit.equals("ms") ? 1 : unit.equals("s") ? 1_000 : 60_000;
        String thousandths = (fraction + "000").substring(0, 3);
        long wholePart = whole.isEmpty() ? 0 : Long.parseLong(whole);
        return wholePart * factor + Long.parseLong(thousandths) * factor / 1_000;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String accepted() {
        long scale = plainUnit.equals("ms") ? 1 : 1_000;
        String unit = scale == 1 ? "milliseconds" : "seconds";
        String range = least % scale == 0
                ? "use " + least / scale + " to " + most / scale + " (" + unit + ")"
                : "use " + unit + " up to " + most / scale;
        return range + ", or a number with a unit such as \"500ms\" or \"1.5s\"";
    }
}
