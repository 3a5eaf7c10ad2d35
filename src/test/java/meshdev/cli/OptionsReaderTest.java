package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.UnmatchedArgumentException;

class OptionsReaderTest {
    private static Options read(String... arguments) {
        return new OptionsReader(new ParsedOptions(CommandLineModel.create().parseArgs(arguments).subcommand())).read();
    }

    @Test
    void theCheckBeforeAReloadIsOnUnlessTheFlagSaysNo() {
        assertEquals(false, read("start").flags().noPrecheck());
        assertEquals(true, read("start", "--no-precheck", "agents/").flags().noPrecheck());
        assertThrows(UnmatchedArgumentException.class, () -> read("debug", "watches", "--no-precheck"));
    }

    @Test
    void stateIsPreservedWhenTheFlagSaysSo() {
        assertEquals(Optional.empty(), read("start").flags().preserveState());
        assertEquals(Optional.of(true), read("start", "--preserve-state", "agents/").flags().preserveState());
    }

    @Test
    void everyOptionOfStartExplainsItself() {
        String help = CommandLineModel.create().getSubcommands().get("start").getUsageMessage();
        assertTrue(help.contains("--no-precheck") && help.contains("compile"), help);
    }

    @Test
    void filesToExplainStayInTheirOrder() {
        var watches = CommandLineModel.create().parseArgs("debug", "watches", "--explain", "b", "--explain", "a").subcommand().subcommand();
        assertEquals(List.of(Path.of("b"), Path.of("a")), new OptionsReader(new ParsedOptions(watches)).read().explain());
    }
}
