package meshdev.config;

import java.util.Locale;

/** Understands the words that mean the same wherever they are said: file, variable or flag. */
final class Spelling {
    private Spelling() {
    }

    static boolean isTrueOrFalse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1", "false", "no", "off", "0" -> true;
            default -> false;
        };
    }

    static boolean bool(Said said) {
        return switch (said.text().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw said.refuse("is neither yes nor no; use true/yes/on/1 or false/no/off/0");
        };
    }

    static Strategy strategy(Said said) {
        return switch (said.text().strip().toLowerCase(Locale.ROOT)) {
            case "restart" -> Strategy.RESTART;
            case "refresh" -> Strategy.REFRESH;
            default -> throw said.refuse("is no reload strategy; use restart or refresh");
        };
    }

    static LogLevel logLevel(Said said) {
        return switch (said.text().strip().toUpperCase(Locale.ROOT)) {
            case "TRACE" -> LogLevel.TRACE;
            case "DEBUG" -> LogLevel.DEBUG;
            case "INFO" -> LogLevel.INFO;
            case "WARN", "WARNING" -> LogLevel.WARN;
            case "ERROR" -> LogLevel.ERROR;
            default -> throw said.refuse("is no log level; use TRACE, DEBUG, INFO, WARN or ERROR");
        };
    }

    /** The name without {@code SIG}. */
    static String signal(Said said) {
        String name = said.text().strip().toUpperCase(Locale.ROOT);
        String bare = name.startsWith("SIG") ? name.substring(3) : name;
        return switch (bare) {
            case "TERM", "INT", "HUP", "QUIT", "USR1", "USR2", "KILL" -> bare;
            default -> throw said.refuse("is no stop signal; use TERM, INT, HUP, QUIT, USR1, USR2 or KILL");
        };
    }
}
