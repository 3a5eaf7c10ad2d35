package meshdev.process;

/** Who listens on a port; {@code command} is the program with its arguments, cut to a readable length. */
public record PortHolder(long pid, String command) {
    private static final int READABLE = 80;

    public PortHolder {
        command = command.length() <= READABLE ? command : command.substring(0, READABLE) + "…";
    }

    @Override
    public String toString() {
        return "pid " + pid + " (" + command + ")";
    }
}
