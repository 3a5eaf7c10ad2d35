package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "if __name__ == '__main__':\n  run()",
        "if __name__ == \"__main__\": run()",
        "if __name__==\"__main__\":run()",
        "if (__name__ == r'__main__'):\n  run()",
        "if '__main__' == __name__:\n  run()",
        "\uFEFFif __name__ == '__main__': pass",
        "x = 'it''s'\r\nif __name__ == '__main__': pass",
        "s = 'unterminated\nif __name__ == '__main__': pass",
        "s = '''a \"quoted\" ' and '' text'''\nif __name__ == '__main__': pass",
        "@mesh.agent(name='x')\nclass A: pass",
        "@mesh.agent\nclass A: pass",
        "@mesh_agent(capability='x')\ndef f(): pass",
        "@mesh_agent\ndef f(): pass",
        "app = FastMCP('x')",
        "app = fastmcp.FastMCP (\n'x')"})
    void looksLikeAnAgent(String source) {
        assertTrue(PythonSource.of(source).looksLikeAgent(), source);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "# if __name__ == '__main__':",
        "'''\nif __name__ == '__main__':\n'''",
        "\"\"\"@mesh.agent(name='x')\n\"\"\"",
        "s = \"app = FastMCP('x')\"",
        "s = 'a\\'b FastMCP('",
        "r'\\' # FastMCP('",
        "b'''FastMCP('''",
        "f\"FastMCP({x})\"",
        "'''never closed\nFastMCP('x')",
        "from fastmcp import FastMCP",
        "from mcp_mesh import mesh_agent",
        "from fastmcp import (\n    FastMCP,\n)",
        "def mesh_agent(x): pass",
        "class FastMCP(Base): pass",
        "def use(app: FastMCP): pass",
        "if __name__ == '__mp_main__': pass",
        "name == '__main__'",
        "my_mesh.agent(1)",
        "my_FastMCP(1)"})
    void looksLikeNoAgent(String source) {
        assertFalse(PythonSource.of(source).looksLikeAgent(), source);
    }

    @Test
    void aMeshNameIsALiteralOfTheDecoratorAndNothingElse() {
        String[][] table = {
            {"@mesh.agent(name=\"orders\")", "orders"},
            {"@mesh.agent(name='orders')", "orders"},
            {"@mesh.agent(name=r'orders', port=1)", "orders"},
            {"@mesh.agent(\n    # name='no'\n    version='1',\n    name='orders',\n)\nclass A: pass", "orders"},
            {"@mesh_agent(capability='x', name='orders')", "orders"},
            {"@mesh.agent(name='or' 'ders')", "orders"},
            {"@mesh.agent(name='''orders''')", "orders"},
            {"@mesh.agent(tags=[dict(name='no')], name='orders')", "orders"},
            {"@mesh.agent(name=X)\nclass A: pass\n@mesh.agent(name='orders')\nclass B: pass", "orders"},
            {"@mesh.agent(tags=[dict(name='no')])", ""},
            {"@mesh.agent(name=f'or{x}')", ""},
            {"@mesh.agent(name=NAME)", ""},
            {"@mesh.agent(name='a' + b)", ""},
            {"@mesh.agent(name='a'.upper())", ""},
            {"@mesh.agent(name='a' if x else 'b')", ""},
            {"@mesh.agent(agent_name='a')", ""},
            {"@mesh.agent()\ndef f(name='a'): pass", ""},
            {"@mesh.tool(name='a')", ""},
            {"# @mesh.agent(name='a')", ""},
            {"@mesh.agent(name='a", ""}};
        for (String[] row : table) {
            assertEquals(row[1], PythonSource.of(row[0]).meshName().orElse(""), row[0]);
        }
    }

    @Test
    void onlyTheFirstMebibyteIsRead(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.py"), " ".repeat(1 << 20) + "\nFastMCP('x')");
        assertFalse(PythonSource.read(file).looksLikeAgent());
    }

    @Test
    void bytesThatAreNoUtf8DoNotHinder(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("a.py"), new byte[] {'#', (byte) 0xff, (byte) 0xe9, '\n'});
        Files.writeString(file, "FastMCP('x')", java.nio.file.StandardOpenOption.APPEND);
        assertTrue(PythonSource.read(file).looksLikeAgent());
        assertEquals(Optional.empty(), PythonSource.read(file).meshName());
    }
}
