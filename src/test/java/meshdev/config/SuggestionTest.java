package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KEYS = List.of("include", "exclude", "env", "env_file", "cwd");

    @ParameterizedTest
    @CsvSource({"exlude, exclude", "inculde, include", "ENV, env", "env-file, env_file", "envfile, env_file", "cdw, cwd",
            "includes, include"})
    void theNearestWordIsSuggested(String word, String meant) {
        assertEquals("; did you mean \"" + meant + "\"?", Suggestion.forWord(word, KEYS));
    }

    @ParameterizedTest
    @CsvSource({"port", "timeout", "x", "''"})
    void aWordFarFromAllGetsNoSuggestion(String word) {
        assertEquals("", Suggestion.forWord(word, KEYS));
    }

    @Test
    void anEndlessWordIsFarAtOnce() {
        assertEquals("", Suggestion.forWord("x".repeat(1_000_000), KEYS));
    }
}
