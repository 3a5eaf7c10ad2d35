package meshdev.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How a line looks on the console: {@code orders   | text}, prefixes padded to the longest name and coloured by name.
 *
 * <p>Immutable. Every line, mesh-dev's own too, is made harmless here, so a prefix can't be forged from within a line;
 * whoever names agents must not call one {@value #OWN_NAME}.
 */
public final class ConsoleLayout {
    /** The name mesh-dev's own lines carry. */
    public static final String OWN_NAME = "mesh-dev";

    /** Of middle brightness in the 256-colour cube, readable on black and on white; red is left to agents' errors. */
    private static final int[] PALETTE = {31, 133, 136, 35, 67, 166, 97, 72, 168, 64};
    private static final String OWN_STYLE = "1";
    private static final String RESET = "\u001b[0m";

    private final boolean colored;
    private final int width;
    private final Map<String, String> prefixes = new HashMap<>();

    /**
     * @param agents  the names to make room for; others may appear later, unpadded if longer
     * @param colored whether escape sequences for colours may be written at all
     */
    public ConsoleLayout(Collection<String> agents, boolean colored) {
        this.colored = colored;
        int longest = OWN_NAME.length();
        for (String agent : agents) {
            longest = Math.max(longest, agent.length());
        }
        this.width = longest;
        boolean[] taken = new boolean[PALETTE.length];
        int left = taken.length;
        for (String agent : new TreeSet<>(agents)) {
            int choice = preferred(agent);
            while (left > 0 && taken[choice]) {
                choice = (choice + 1) % PALETTE.length;
            }
            left -= left > 0 ? 1 : 0;
            taken[choice] = true;
            prefixes.put(agent, prefix(agent, style(choice)));
        }
        prefixes.put(OWN_NAME, prefix(OWN_NAME, OWN_STYLE));
    }

    /** The whole line without its end; {@code name} is an agent's or {@link #OWN_NAME}. */
    public String line(String name, String text) {
        StringBuilder out = new StringBuilder(width + text.length() + 24);
        append(out, name, text);
        return out.toString();
    }

    void append(StringBuilder out, String name, String text) {
        String prefix = prefixes.get(name);
        out.append(prefix != null ? prefix : prefix(name, style(preferred(name))));
        out.append(colored ? Sanitizer.forTerminal(text) : Sanitizer.plain(text));
    }

    private String prefix(String name, String style) {
        StringBuilder out = new StringBuilder(width + 20);
        if (colored) {
            out.append("\u001b[").append(style).append('m');
        }
        out.append(name);
        for (int pad = name.length(); pad < width; pad++) {
            out.append(' ');
        }
        out.append(" |");
        return (colored ? out.append(RESET) : out).append(' ').toString();
    }

    private static int preferred(String agent) {
        return Math.floorMod(agent.hashCode() * 0x9e3779b1 >>> 16, PALETTE.length);
    }

    private static String style(int choice) {
        return new StringBuilder("38;5;").append(PALETTE[choice]).toString();
    }
}
