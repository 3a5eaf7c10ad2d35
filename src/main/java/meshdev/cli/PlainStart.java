package meshdev.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code start} whose command line leaves nothing to ask: known options, spelled out, with ordinary values. It is taken
 * apart here because picocli takes a fifth of the CPU time until the first agent is spawned; whatever is unusual, wrong
 * or a wish for help is left to picocli, so that there is one place for words about usage. No lambdas, as one that the
 * class-data archive does not have costs the machinery that makes lambdas.
 */
final class PlainStart implements GivenOptions {
    private static final Set<String> FLAGS = Set.of("--no-reload", "--no-precheck", "--no-runner", "--no-registry",
            "--preserve-state", "-q", "-v");
    private static final Set<String> SINGLE = Set.of("--stop-timeout", "--strategy", "--registry-url", "--color", "--reload-delay",
            "--config", "--python", "--poll");
    private static final Set<String> REPEATED = Set.of("-e", "--env-file");
    private static final Map<String, String> ALIASES = Map.of("--env", "-e", "--quiet", "-q", "--verbose", "-v");

    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> positionals = new ArrayList<>();

    private PlainStart() {
    }

    /** Empty when picocli has to look at it. */
    static Optional<PlainStart> of(String[] arguments) {
        PlainStart start = new PlainStart();
        return arguments.length > 0 && arguments[0].equals(CommandLineModel.START) && start.takeAll(arguments)
                ? Optional.of(start) : Optional.empty();
    }

    private boolean takeAll(String[] arguments) {
        int next = 1;
        while (next < arguments.length) {
            String argument = arguments[next++];
            if (!argument.startsWith("-")) {
                if (!isOrdinary(argument)) {
                    return false;
                }
                positionals.add(argument);
                continue;
            }
            boolean takesNext = isValued(argument);
            if (takesNext && next == arguments.length || !take(argument, takesNext ? arguments[next] : "")) {
                return false;
            }
            next += takesNext ? 1 : 0;
        }
        return true;
    }

    /** The one option whose value may be left out is {@code --poll}: then it means the empty one, as in {@link Main}. */
    private static boolean isValued(String argument) {
        String name = ALIASES.getOrDefault(argument, argument);
        return REPEATED.contains(name) || SINGLE.contains(name) && !name.equals("--poll");
    }

    /** One option: a flag, {@code --name value} or {@code --name=value}. */
    private boolean take(String argument, String following) {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String spelled = equals < 0 ? argument : argument.substring(0, equals);
        String name = ALIASES.getOrDefault(spelled, spelled);
        String value = equals < 0 ? following : argument.substring(equals + 1);
        boolean flag = FLAGS.contains(name) && equals < 0;
        boolean valued = SINGLE.contains(name) || REPEATED.contains(name);
        boolean repeats = options.containsKey(name) && !REPEATED.contains(name);
        boolean pollAlone = argument.equals("--poll");
        if (repeats || !flag && !pollAlone && !(valued && isOrdinary(value))) {
            return false;
        }
        options.putIfAbsent(name, new ArrayList<>());
        options.get(name).add(value);
        return true;
    }

    /** What picocli takes as it is: no option, no file of arguments, not empty. */
    private static boolean isOrdinary(String value) {
        return !value.isEmpty() && !value.startsWith("-") && !value.startsWith("@");
    }

    @Override
    public boolean is(String option) {
        return options.containsKey(option);
    }

    @Override
    public Optional<String> text(String option) {
        List<String> values = list(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    @Override
    public List<String> list(String option) {
        return options.getOrDefault(option, List.of());
    }

    @Override
    public List<String> positionals() {
        return positionals;
    }
}
