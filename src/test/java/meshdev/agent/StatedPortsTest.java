package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which HTTP ports a source file states. */
class StatedPortsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', value = {
            "^@mesh.agent(name='orders', http_port=9001)^, 9001",
            "^@mesh.agent(http_port=9002, timeout=5)^, 9002",
            "^HTTP_PORT = 9003|retries = 3^, 9003",
            "^http_port: int = 9004^, 9004",
            "^http_port: Optional[int] = 9005^, 9005",
            "^http_port=int(os.environ.get('MCP_MESH_HTTP_PORT', '9006'))^, 9006",
            "^http_port=int(os.environ.get('MCP_MESH_HTTP_PORT') or 9007)^, 9007",
            "^os.environ.setdefault('MCP_MESH_HTTP_PORT', '9008')^, 9008",
            "^os.environ['MCP_MESH_HTTP_PORT'] = '9009'^, 9009",
            "^PORT = 9010|@mesh.agent(http_port=PORT)^, 9010",
            "^class S:|    PORT: int = 9011|@mesh.agent(http_port=S.PORT, version='1')^, 9011",
            "^settings = {'http_port': 9012}^, 9012",
            "^export MCP_MESH_HTTP_PORT=9013^, 9013",
            "^: ${HTTP_PORT:-9014}^, 9014",
            "^@mesh.agent(http_port=0)|@mesh.agent(http_port=9015)^, 9015",
            "^http_port=9017 if test else 9018^, 9017",
    })
    void aNumberThatIsGivenToTheHttpPortIsStated(String source, String port) {
        assertEquals(port, words(StatedPorts.inPython(source.replace('|', '\n'))));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', value = {
            "^@mesh.agent(name='orders', http_port=0)^",
            "^# http_port=5000^",
            "^x = 1 # else http_port=5000^",
            "^'''Listens at http_port=5000.'''|http_port=0^",
            "^DB_PORT = 5432; HTTP_PORT = 0^",
            "^http_port=0, admin_port=9008^",
            "^report = 3; http_port=0^",
            "^http_port=settings.PORT, version='1.0', retries=3^",
            "^http_port=int(os.environ['MCP_MESH_HTTP_PORT']), retries=3^",
            "^http_port=port|retries = 3^",
            "^if http_port:|    retries = 3^",
            "^if http_port == 5000: x()^",
            "^http_port_count = 3^",
            "^print(f'HTTP_PORT is 3')^",
            "^http_port=700000^",
    })
    void whatIsNoHttpPortStatesNone(String source) {
        assertEquals("", words(StatedPorts.inPython(source.replace('|', '\n'))));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', value = {
            "^mesh(server, { name: 'x', url: 'http://h', httpPort: 9001 });^, ^9001^",
            "^const port: number = 9002; mesh({ httpPort: port })^, ^9002^",
            "^httpPort: Number(process.env.MCP_MESH_HTTP_PORT ?? 9003)^, ^9003^",
            "^httpPort: process.env.HTTP_PORT || '9004'^, ^9004^",
            "^/* httpPort: 5000 */ // httpPort: 5000^, ^^",
            "^if (httpPort === 5000) { x() }^, ^^",
            "^mesh({ httpPort: 0, retries: 3 })^, ^^",
    })
    void scriptsStateTheirsInTheirOwnWords(String source, String port) {
        assertEquals(port, words(StatedPorts.inScript(source)));
    }

    @Test
    void severalAreAllStated() {
        assertEquals("9001 9002", words(StatedPorts.inPython("http_port=9002\nHTTP_PORT=9001\n")));
    }

    @Test
    void anExpressionWithoutEndTakesNoTime() {
        String source = "http_port=(" + "a+".repeat(200_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals(Set.of(), StatedPorts.inPython(source)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', value = {
            "PYTHON, ^http_port=9001^, ^9001^",
            "NODE, ^httpPort: 9001 // httpPort: 5000^, ^9001^",
            "EXECUTABLE, ^export HTTP_PORT=9001^, ^9001^",
            "EXECUTABLE, ^ELF\0HTTP_PORT=9001^, ^^",
            "NOTEBOOK, ^{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"http_port=9001\"],\"outputs\":[{\"text\":\"http_port=1\"}]}]}^, ^9001^",
            "MAVEN, ^http_port=9001^, ^^",
    })
    void ofAFileOnlyItsCodeCounts(Agent.Kind kind, String text, String port) throws IOException {
        Path file = Files.writeString(folder.resolve("agent"), text);
        assertEquals(port, words(StatedPorts.of(agent(kind, file))));
    }

    @Test
    void whatCannotBeReadStatesNone() {
        assertEquals(Set.of(), StatedPorts.of(agent(Agent.Kind.PYTHON, folder.resolve("none.py"))));
    }

    private static String words(SortedSet<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private Agent agent(Agent.Kind kind, Path file) {
        return new Agent("orders", kind, file, Optional.empty(), List.of("python"), folder, Map.of(), OptionalInt.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }
}
