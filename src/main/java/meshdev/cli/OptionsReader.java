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

/** Turns what was given into {@link Options}. */
final class OptionsReader {
    private final GivenOptions given;

    OptionsReader(GivenOptions given) {
        this.given = given;
    }

    /** @throws ConfigException when a path or a choice is none */
    Options read() {
        return new Options(given.positionals(), flags(), config(), color(),
                given.is("-q"), given.is("-v"), given.is("--no-registry"), paths(given.list("--explain")), given.is("--json"));
    }

    private Optional<Path> config() {
        Optional<String> said = given.text("--config");
        return said.isPresent() ? Optional.of(path(said.get())) : Optional.empty();
    }

    private Flags flags() {
        return new Flags(given.is("--no-reload"), given.text("--reload-delay"), given.text("--strategy"), preserveState(),
                given.text("--python"), given.text("--registry-url"), given.text("--poll"), given.text("--stop-timeout"),
                given.is("--no-precheck"), given.is("--no-runner"), given.list("-e"), given.list("--env-file"));
    }

    private Optional<Boolean> preserveState() {
        return given.is("--preserve-state") ? Optional.of(true) : Optional.empty();
    }

    private ColorMode color() {
        String choice = given.text("--color").orElse("auto");
        try {
            return ColorMode.valueOf(choice.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--color: \"" + choice + "\" is none of auto, always, never");
        }
    }

    /** @throws ConfigException when one of the texts can't be a path here */
    static List<Path> paths(List<String> texts) {
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
