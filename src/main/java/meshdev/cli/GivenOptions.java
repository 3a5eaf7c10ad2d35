package meshdev.cli;

import java.util.List;
import java.util.Optional;

/** A command line taken apart: which options were given, by their first name of {@link CommandLineModel}, and with what. */
interface GivenOptions {
    boolean is(String option);

    /** The value of an option that has one. */
    Optional<String> text(String option);

    /** The values of an option that may be repeated, in their order. */
    List<String> list(String option);

    /** What is no option, in its order. */
    List<String> positionals();
}
