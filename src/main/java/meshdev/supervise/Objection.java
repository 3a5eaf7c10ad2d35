package meshdev.supervise;

import java.util.List;

/**
 * Why a reload must not happen yet.
 *
 * @param reason one line for the user, such as {@code agents/orders.py:12: SyntaxError: invalid syntax}
 * @param lines  what shows the place: the line of the source and a caret below it, and further errors; may be empty
 */
public record Objection(String reason, List<String> lines) {
    public Objection {
        lines = List.copyOf(lines);
    }
}
