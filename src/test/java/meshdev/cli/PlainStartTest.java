package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class PlainStartTest {
    private static Options byPicocli(String... arguments) {
        return new OptionsReader(new ParsedOptions(CommandLineModel.create().parseArgs(arguments).subcommand())).read();
    }

    private static Optional<Options> plain(String... arguments) {
        return PlainStart.of(arguments).map(given -> new OptionsReader(given).read());
    }

    private static void assertReadAlike(String... arguments) {
        assertEquals(Optional.of(byPicocli(arguments)), plain(arguments), String.join(" ", arguments));
    }

    private static void assertLeftToPicocli(String... arguments) {
        assertTrue(PlainStart.of(arguments).isEmpty(), String.join(" ", arguments));
    }

    @Test
    void readsEveryOptionOfStartAsPicocliDoes() {
        var start = CommandLineModel.create().getSubcommands().get("start").getCommandSpec();
        List<String> all = new ArrayList<>(List.of("start", "first"));
        for (OptionSpec option : start.options()) {
            if (option.usageHelp()) {
                continue;
            }
            String value = option.longestName().equals("--color") ? "never" : "K=V=W";
            for (String name : option.names()) {
                if (option.arity().max() == 0) {
                    assertReadAlike("start", "agents/", name, "other");
                } else {
                    assertReadAlike(name.equals("--poll") ? new String[] {"start", "--poll=" + value}
                            : new String[] {"start", name, value, "agents/"});
                }
            }
            all.addAll(option.arity().max() == 0 ? List.of(option.longestName()) : List.of(option.longestName() + "=" + value));
        }
        all.add("last");
        assertReadAlike(all.toArray(String[]::new));
    }

    @Test
    void readsWhatMayBeRepeatedAndPathsInTheirOrder() {
        assertReadAlike("start");
        assertReadAlike("start", "b", "-e", "B=1", "a b", "--env=A=2", "--env-file", "x", "--env-file=y", "start");
    }

    @Test
    void pollAloneIsTheEmptyInterval() {
        assertEquals(Optional.of(byPicocli("start", "--poll=", "agents/")), plain("start", "--poll", "agents/"));
    }

    @Test
    void leavesWhatIsUnusualWrongOrAWishForHelpToPicocli() {
        assertLeftToPicocli();
        assertLeftToPicocli("debug", "watches");
        for (String odd : List.of("--help", "-h", "--version", "--no-relaod", "-qv", "-eK=V", "--", "-", "@arguments", "",
                "--python", "--python=", "--quiet=true", "--poll=", "--env=", "--config=@x", "-e=K=V")) {
            assertLeftToPicocli("start", "agents/", odd);
        }
        assertLeftToPicocli("start", "--python", "--quiet");
        assertLeftToPicocli("start", "--python", "");
        assertLeftToPicocli("start", "-e", "@x");
    }

    @Test
    void leavesWhatIsGivenTwiceToPicocliThatComplains() {
        assertLeftToPicocli("start", "--python", "a", "--python", "b");
        assertLeftToPicocli("start", "--poll", "--poll=2s");
        assertLeftToPicocli("start", "-q", "--quiet");
    }
}
