package meshdev.process;

/** A process as messages name it; {@code command} is the program and what it runs, without options: they may hold secrets. */
public record ProcessName(long pid, String command) {
    private static final int READABLE = 80;
    private static final int READABLE_ARGUMENT = 50;

    public ProcessName {
        command = command.length() <= READABLE ? command : command.substring(0, READABLE) + "…";
    }

    /** The program without its folder, and its first argument unless that is an option; of a long one the end. */
    static String shortened(String... words) {
        if (words.length == 0 || words[0].isEmpty()) {
            return "?";
        }
        String program = words[0].substring(words[0].lastIndexOf('/') + 1);
        return words.length > 1 && isShowable(words[1]) ? program + " " + end(words[1]) : program;
    }

    /** Options, assignments and addresses may hold secrets. */
    public static boolean isShowable(String argument) {
        return !argument.startsWith("-") && argument.indexOf('=') < 0 && argument.indexOf('@') < 0 && !argument.contains("://");
    }

    private static String end(String argument) {
        return argument.length() <= READABLE_ARGUMENT ? argument
                : "…" + argument.substring(argument.length() - READABLE_ARGUMENT);
    }

    @Override
    public String toString() {
        return "pid " + pid + " (" + command + ")";
    }
}
