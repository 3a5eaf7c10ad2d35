package meshdev.python.fidelity;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** What cannot be the same; anything else that differs is a fault. */
enum KnownDifference {
    /** The finder that takes notes is the first of all. */
    RECORDER("sys.meta_path", EnumSet.of(Mode.RECORDED), (cold, warm) -> warm.equals(cold.replace("[", "['Recorder', "))),
    /** What was imported beforehand is there. */
    PRELOADED("first modules", EnumSet.of(Mode.PRELOADED), (cold, warm) -> words(warm).containsAll(words(cold))),
    /** And is not looked through for garbage. */
    FROZEN("gc", EnumSet.of(Mode.PRELOADED), (cold, warm) -> cold.replaceFirst("\\d+, \\[", "N, [").equals(warm.replaceFirst("\\d+, \\[", "N, ["))),
    /** Our frames are below the agent's. */
    FRAMES("stack", EnumSet.complementOf(EnumSet.of(Mode.COLD)), (cold, warm) -> warm.endsWith(cold.substring(1))),
    /** The system shows how the process was started; the agent and its arguments end that. */
    COMMAND("command line", EnumSet.complementOf(EnumSet.of(Mode.COLD)),
            (cold, warm) -> warm.contains("runner.py") && warm.endsWith(cold.substring(cold.indexOf(", ") + 2)));

    private final String fact;
    private final Set<Mode> modes;
    private final BiPredicate<String, String> expected;

    KnownDifference(String fact, Set<Mode> modes, BiPredicate<String, String> expected) {
        this.fact = fact;
        this.modes = modes;
        this.expected = expected;
    }

    static boolean explains(String fact, Mode mode, String cold, String warm) {
        for (KnownDifference one : values()) {
            if (one.fact.equals(fact) && one.modes.contains(mode) && one.expected.test(cold, warm)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String list) {
        return List.of(list.substring(1, list.length() - 1).split(", "));
    }
}
