package meshdev.config;

/** Tells what YAML takes an unquoted scalar for; a small subset of its rules, enough to tell the user to quote. */
final class PlainScalar {
    private PlainScalar() {
    }

    static boolean isNothing(String value) {
        return value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null");
    }

    /** {@code nothing}, {@code a boolean}, {@code a number}, {@code a date} or {@code text}. */
    static String kind(String value) {
        if (isNothing(value)) {
            return "nothing";
        }
        boolean digits = isDigit(value.charAt(value.length() - 1));
        if (Spelling.isTrueOrFalse(value) && !digits) {
            return "a boolean";
        }
        if (isDate(value)) {
            return "a date";
        }
        return isNumber(value) ? "a number" : "text";
    }

    private static boolean isDate(String value) {
        return value.length() >= 8 && value.charAt(4) == '-' && onlyDigits(value.substring(0, 4))
                && isDigit(value.charAt(5)) && value.indexOf('-', 5) > 0
                && onlyDigits(value.substring(value.indexOf('-', 5) + 1));
    }

    private static boolean isNumber(String value) {
        String bare = value.charAt(0) == '-' || value.charAt(0) == '+' ? value.substring(1) : value;
        if (bare.startsWith("0x") || bare.startsWith("0X")) {
            return bare.length() > 2;
        }
        int exponent = Math.max(bare.indexOf('e'), bare.indexOf('E'));
        String mantissa = exponent > 0 ? bare.substring(0, exponent) : bare;
        String power = exponent > 0 ? bare.substring(exponent + 1) : "0";
        if (power.startsWith("+") || power.startsWith("-")) {
            power = power.substring(1);
        }
        return onlyDigits(withoutSeparators(mantissa)) && onlyDigits(power);
    }

    /** At most one dot and any colons and underscores are taken out; they are legal inside a number of YAML. */
    private static String withoutSeparators(String number) {
        int dot = number.indexOf('.');
        String joined = dot < 0 ? number : number.substring(0, dot) + number.substring(dot + 1);
        return joined.replace(":", "").replace("_", "");
    }

    private static boolean onlyDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
