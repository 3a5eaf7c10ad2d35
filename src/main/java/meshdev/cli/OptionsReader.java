package meshdev.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meshdev.config.ConfigException;
import meshdev.config.Flags;
import meshdev.report.ColorMode;
import picocli.CommandLine.ParseResult;

/** Turns what picocli parsed into {@link Options}. */
final class OptionsReader {
    private final ParseResult parsed;

    OptionsReader(ParseResult parsed) {
        this.parsed = parsed;
    }

    /** @throws ConfigException when a path or a choice is none */
    Options read() {
        return new Options(parsed.matchedPositionalValue(0, List.<String>of()), flags(),
                text("--config").map(OptionsReader::path), color(), is("-q"), is("-v"), paths(list("--explain")), is("--json"));
    }

    private Flags flags() {
        return new Flags(is("--no-reload"), text("--reload-delay"), Optional.empty(), preserveState(), text("--python"),
                text("--registry-url"), text("--poll"), text("--stop-timeout"), is("--no-precheck"), list("-e"),
                list("--env-file"));
    }

    private Optional<Boolean> preserveState() {
        return is("--preserve-state") ? Optional.of(true) : Optional.empty();
    }

    private boolean is(String option) {
        return parsed.hasMatchedOption(option);
    }

    private Optional<String> text(String option) {
        return is(option) ? Optional.of(parsed.matchedOptionValue(option, "")) : Optional.empty();
    }

    private List<String> list(String option) {
        return parsed.matchedOptionValue(option, List.<String>of());
    }

    private ColorMode color() {
        String choice = text("--color").orElse("auto");
        try {
            return ColorMode.valueOf(choice.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--color: \"" + choice + "\" is none of auto, always, never");
        }
    }

    private static List<Path> paths(List<String> texts) {
        List<Path> paths = new ArrayList<>();
        for (String text : texts) {
            paths.add(path(text));
        }
        return paths;
    }

    /** @throws ConfigException when the text can't be a path here */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException("\"" + text + "\" is no usable path: " + e.getReason());
        }
    }
}
