package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which port numbers a source file states. */
class StatedPortsTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', value = {
            "^@mesh.agent(name=\"orders\", http_port=0)^, ^0^",
            "^HTTP_PORT = 9001^, ^9001^",
            "^def serve(port: int = 9002):^, ^9002^",
            "^port = int(os.environ.get(\"MCP_MESH_HTTP_PORT\", \"9003\"))^, ^9003^",
            "^port = int(os.environ.get(\"PORT\") or 9004)^, ^9004^",
            "^const agent = mesh({ name: \"x\", httpPort: 9005 });^, ^9005^",
            "^{\"port\": 9006}^, ^9006^",
            "^uvicorn --port 9007^, ^9007^",
            "^http_port=0, admin_port=9008^, ^0,9008^",
            "^http_port=settings.PORT, version=\"1.0\"^, ^^",
            "^report = 3^, ^^",
            "^import 7^, ^^",
            "^port = settings.port^, ^^",
            "^port_count = 3^, ^^",
    })
    void aNumberThatFollowsAPortIsStated(String source, String numbers) {
        assertEquals(numbers, StatedPorts.in(source));
    }
}
