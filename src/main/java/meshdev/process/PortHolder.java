package meshdev.process;

/** Who listens on a port; {@code command} is the program and what it runs, without options: they may hold secrets. */
public record PortHolder(long pid, String command) {
    private static final int READABLE = 80;

    public PortHolder {
        command = command.length() <= READABLE ? command : command.substring(0, READABLE) + "…";
    }

    /** The program, and its first argument unless that is an option. */
    static String shortened(String... words) {
        if (words.length == 0 || words[0].isEmpty()) {
            return "?";
        }
        return words.length > 1 && !words[1].startsWith("-") ? words[0] + " " + words[1] : words[0];
    }

    @Override
    public String toString() {
        return "pid " + pid + " (" + command + ")";
    }
}
