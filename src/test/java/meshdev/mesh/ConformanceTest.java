package meshdev.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded registry answers as the real one. The scenarios hold the real one's answers (3.7.1);
 * {@code -Dmeshdev.registry.program=mcp-mesh-registry} asks it again, and with {@code -Dmeshdev.registry.record=true} writes
 * down what it says today.
 */
@Timeout(60)
class ConformanceTest {
    private static final String PROGRAM = "meshdev.registry.program";
    private static final Path SCENARIOS = Path.of("src/test/resources/meshdev/mesh/scenarios");

    static List<Scenario> scenarios() {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.sorted().map(Scenario::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Scenario scenario, List<String> answered) {
        assertEquals(String.join("\n", scenario.lines()), String.join("\n", answered));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theEmbeddedRegistryAnswersAsTheRealOneDid(Scenario scenario) throws IOException, InterruptedException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (StubAgent agent = new StubAgent(); EmbeddedRegistry registry = EmbeddedRegistry.open(free, Instant::now)) {
            URI uri = URI.create("http://127.0.0.1:" + registry.address().getPort());
            check(scenario, scenario.answeredBy(uri, agent.port()));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @EnabledIfSystemProperty(named = PROGRAM, matches = ".+")
    void theRealRegistryStillAnswersSo(Scenario scenario, @TempDir Path temporary) throws IOException, InterruptedException {
        try (StubAgent agent = new StubAgent(); RealRegistry registry = new RealRegistry(System.getProperty(PROGRAM), temporary)) {
            List<String> answered = scenario.answeredBy(registry.uri(), agent.port());
            if (Boolean.getBoolean("meshdev.registry.record")) {
                Files.write(scenario.file(), answered);
            } else {
                check(scenario, answered);
            }
        }
    }
}
