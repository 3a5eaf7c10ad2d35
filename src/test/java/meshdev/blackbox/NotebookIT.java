package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notebooks are agents: their code cells run as one program. */
final class NotebookIT extends BlackBox {
    private static final String SERVING = """
            import http.server, os
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b'one')
                def log_message(self, *words):
                    pass
            """;
    private static final String MAIN = """
            if __name__ == '__main__':
                server = http.server.HTTPServer(('127.0.0.1', int(os.environ.get('MCP_MESH_HTTP_PORT') or 0)), Answer)
                print('PORT', server.server_port)
                server.serve_forever()
            """;

    @BeforeEach
    void notebooksAreWatched() {
        project.write(".meshwatch", TestProject.RULES.replace("\"agents/**/*.py\"", "\"agents/**/*.py\", \"agents/**/*.ipynb\""));
    }

    @Test
    void aNotebookInAFolderServesAndReloads() {
        project.write("agents/demo.ipynb", notebook("%matplotlib inline\n" + SERVING, MAIN));
        project.write("agents/notes.ipynb", notebook("x = 1"));
        MeshDev meshDev = project.startReady("demo");
        assertEquals("one", TestProject.ask(port(meshDev, 1)));
        assertTrue(meshDev.text(false).contains("demo.ipynb[cell 1], line 1: skipped %matplotlib inline"), meshDev.output());
        assertFalse(meshDev.text(false).contains("notes ready"), meshDev.output());
        project.write("agents/demo.ipynb", notebook(SERVING.replace("one", "two"), MAIN));
        meshDev.awaitReloads("demo", 1);
        assertEquals("two", TestProject.ask(port(meshDev, 2)));
    }

    @Test
    void aTracebackNamesCellAndLine() {
        project.write("book.ipynb", notebook("def f():\n    return 1 / 0", "\n", "f()"));
        MeshDev meshDev = project.launch("start", "book.ipynb").run();
        meshDev.await("| ZeroDivisionError");
        assertTrue(meshDev.text(false).contains("File \"book.ipynb[cell 1]\", line 2, in f"), meshDev.output());
        assertTrue(meshDev.text(false).contains("File \"book.ipynb[cell 2]\", line 1, in <module>"), meshDev.output());
    }

    private static int port(MeshDev meshDev, int start) {
        String line = meshDev.await("| PORT ", start).text();
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static String notebook(String... sources) {
        StringBuilder text = new StringBuilder("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"#\"}");
        for (String source : sources) {
            text.append(", {\"cell_type\": \"code\", \"outputs\": [], \"source\": [\"").append(source.replace("\n", "\\n")).append("\"]}");
        }
        return text.append("]}").toString();
    }
}
