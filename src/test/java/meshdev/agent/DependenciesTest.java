package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import meshdev.config.AgentSettings;
import meshdev.config.ConfigException;
import meshdev.config.Origin;
import meshdev.config.Sourced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependenciesTest {
    private static final Supplier<Set<String>> NOT_ASKED = () -> {
        throw new AssertionError("nobody should look");
    };

    /** {@code orders: pricing stock; stock:} as entries; the second name of the third entry is at 3:2. */
    private static Map<String, AgentSettings> entries(String text) {
        Map<String, AgentSettings> entries = new LinkedHashMap<>();
        for (String entry : text.split(";")) {
            String[] words = entry.strip().split("[: ]+");
            List<Sourced<String>> dependsOn = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                dependsOn.add(new Sourced<>(words[i], Origin.at(".meshwatch", entries.size() + 1, i)));
            }
            entries.put(words[0], new AgentSettings(Origin.BUILT_IN, Optional.empty(), List.of(), Optional.empty(), Map.of(),
                    Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), dependsOn));
        }
        return entries;
    }

    private static List<Agent> agents(String... names) {
        return List.of(names).stream().map(name -> new Agent(name, Agent.Kind.PYTHON, Path.of("/p/" + name + ".py"),
                Optional.empty(), List.of("python3"), Path.of("/p"), Map.of(), OptionalInt.empty(), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty())).toList();
    }

    @Test
    void whoIsWaitedForIsInTheOrderOfTheFile() {
        Dependencies checked = Dependencies.check(entries("orders: stock pricing"), agents("orders", "pricing", "stock"), NOT_ASKED);
        assertEquals(List.of("stock", "pricing"), checked.of("orders"));
        assertEquals(List.of(), checked.of("pricing"));
        assertEquals(List.of(), checked.warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "orders: orders                    | .meshwatch:1:1: depends_on: orders -> orders is a cycle",
        "orders: pricing; pricing: orders  | .meshwatch:1:1: depends_on: orders -> pricing -> orders is a cycle",
        "a: x b; b: c; c: y a              | .meshwatch:1:2: depends_on: a -> b -> c -> a is a cycle",
        "a: b; b: c; c: b                  | .meshwatch:2:1: depends_on: b -> c -> b is a cycle",
        "a: c; b: c; c: d; d: c            | .meshwatch:3:1: depends_on: c -> d -> c is a cycle"})
    void aCycleIsRefusedAndShown(String text, String message) {
        ConfigException refused = assertThrows(ConfigException.class,
                () -> Dependencies.check(entries(text), agents("unrelated"), NOT_ASKED));
        assertEquals(message + ", so none of them could start first; remove one", refused.getMessage());
    }

    @Test
    void severalWaysToOneAgentAreNoCycle() {
        Dependencies.check(entries("a: b c; b: d; c: d; d:"), agents("a", "b", "c", "d"), NOT_ASKED);
    }

    @Test
    void aLongChainIsNoProblem() {
        StringBuilder text = new StringBuilder("a0: a1");
        for (int i = 1; i < 5_000; i++) {
            text.append("; a").append(i).append(": a").append(i + 1);
        }
        Dependencies.check(entries(text.toString()), agents("unrelated"), NOT_ASKED);
    }

    @Test
    void aNameOfNoAgentIsRefusedWithTheNearest() {
        ConfigException refused = assertThrows(ConfigException.class,
                () -> Dependencies.check(entries("orders: pircing"), agents("orders", "pricing"), Set::of));
        assertEquals(".meshwatch:1:1: depends_on of orders: no agent is named pircing; did you mean \"pricing\"?",
                refused.getMessage());
    }

    @Test
    void anAgentThatIsNotStartedIsNotWaitedForAndThatIsSaid() {
        String said = "depends on pricing, which is not part of this start; it is not waited for";
        Dependencies entry = Dependencies.check(entries("orders: pricing; pricing:"), agents("orders"), NOT_ASKED);
        assertEquals(List.of(".meshwatch:1:1: orders " + said), entry.warnings());
        assertEquals(List.of(), entry.of("orders"));
        Dependencies file = Dependencies.check(entries("orders: pricing"), agents("orders"), () -> Set.of("pricing"));
        assertEquals(List.of(".meshwatch:1:1: orders " + said), file.warnings());
    }

    @Test
    void whatAnAgentThatIsNotStartedDependsOnIsNotLookedFor() {
        Dependencies checked = Dependencies.check(entries("orders: nobody"), agents("pricing"), NOT_ASKED);
        assertEquals(List.of(), checked.warnings());
    }
}
