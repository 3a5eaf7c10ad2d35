package meshdev.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What picocli took apart. */
record ParsedOptions(ParseResult parsed) implements GivenOptions {
    @Override
    public boolean is(String option) {
        return parsed.hasMatchedOption(option);
    }

    @Override
    public Optional<String> text(String option) {
        return is(option) ? Optional.of(parsed.matchedOptionValue(option, "")) : Optional.empty();
    }

    @Override
    public List<String> list(String option) {
        return parsed.matchedOptionValue(option, List.<String>of());
    }

    @Override
    public List<String> positionals() {
        return parsed.matchedPositionalValue(0, List.<String>of());
    }
}
