package meshdev.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tiny agent: writes {@code START name pid sha nanos} with its first line, {@code OVERLAP} if a life before is not over,
 * then listens on {@code MCP_MESH_HTTP_PORT} or any port, writes {@code READY name pid port} and answers HTTP. Immutable.
 *
 * @param early  Python lines between START and listening, one level deep
 * @param late   Python lines after READY, one level deep
 * @param answer the Python expression it answers requests with
 */
record JournalAgent(String name, Path file, Path journal, int version, List<String> early, List<String> late, String answer) {

    static final String IGNORE_TERM = "signal.signal(signal.SIGTERM, signal.SIG_IGN)";
    /** Notes every signal that a user or supervisor may send, and ends with the first. */
    static final String NOTE_SIGNALS = """
            def noted(number, frame):
                note("SIGNAL", NAME, me, signal.Signals(number).name)
                if number != signal.SIGCONT:
                    time.sleep(0.3)
                    os._exit(0)
            for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
                signal.signal(each, noted)""";
    /** Nobody can tell by reading what it imports, so every Python file concerns it. */
    static final String IMPORTS_ANYTHING = "name = 'json'\n__import__(name)";
    /** The listener lives in a child, the agent itself only waits. */
    static final String CHILD_HOLDS_PORT = """
            if os.fork() > 0:
                note("PARENT", NAME, me)
                time.sleep(3600)
            me = os.getpid()""";

    /** A child leaves the group; nobody but {@code /proc} knows where it went. */
    static final String OWN_SESSION = """
            if os.fork() == 0:
                os.setsid()
                note("ESCAPED", NAME, os.getpid())
                time.sleep(3600)""";
    /** As a daemon does: its parent is gone too. */
    static final String DOUBLE_FORK = """
            if os.fork() == 0:
                os.setsid()
                if os.fork() > 0:
                    os._exit(0)
                note("ESCAPED", NAME, os.getpid())
                time.sleep(3600)""";
    static final String IGNORE_TERM_IN_CHILD = OWN_SESSION.replace("os.setsid()", "os.setsid(); " + IGNORE_TERM);

    JournalAgent(String name, Path file, Path journal) {
        this(name, file, journal, 1, List.of(), List.of(), "f'{NAME} {VERSION}'");
    }

    JournalAgent version(int other) {
        return new JournalAgent(name, file, journal, other, early, late, answer);
    }

    JournalAgent early(String python) {
        return new JournalAgent(name, file, journal, version, more(early, python), late, answer);
    }

    JournalAgent late(String python) {
        return new JournalAgent(name, file, journal, version, early, more(late, python), answer);
    }

    JournalAgent answering(String python) {
        return new JournalAgent(name, file, journal, version, early, late, python);
    }

    /** Takes so long to go after SIGTERM. */
    JournalAgent stoppingIn(String seconds) {
        return early("def slow(number, frame):\n    note('STOPPING', NAME, me)\n    time.sleep(" + seconds
                + ")\n    os._exit(0)\nsignal.signal(signal.SIGTERM, slow)");
    }

    private static List<String> more(List<String> lines, String python) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(python.lines().toList());
        return all;
    }

    String source() {
        return """
                # version %d
                import hashlib, os, signal, socket, sys, time
                NAME, VERSION, JOURNAL = "%s", %d, "%s"
                me = os.getpid()
                def note(*words):
                    with open(JOURNAL, "a") as out:
                        out.write(" ".join(map(str, words)) + "\\n")
                def alive(pid):
                    try:
                        return len(open(f"/proc/{pid}/environ", "rb").read()) > 0
                    except OSError:
                        return False
                before = open(JOURNAL).read().splitlines() if os.path.exists(JOURNAL) else []
                note("START", NAME, me, hashlib.sha256(open(__file__, "rb").read()).hexdigest(), time.monotonic_ns())
                for words in map(str.split, before):
                    if words[:2] == ["START", NAME] and alive(int(words[2])):
                        note("OVERLAP", NAME, words[2], me)
                if __name__ == "__main__":
                %s
                    server = socket.create_server(("127.0.0.1", int(os.environ.get("MCP_MESH_HTTP_PORT") or 0)))
                    note("READY", NAME, me, server.getsockname()[1])
                %s
                    while True:
                        client, _ = server.accept()
                        client.recv(4096)
                        body = str(%s).encode()
                        client.sendall(b"HTTP/1.0 200 OK\\r\\nContent-Length: %%d\\r\\n\\r\\n%%s" %% (len(body), body))
                        client.close()
                """.formatted(version, name, version, journal, block(early), block(late), answer);
    }

    private static String block(List<String> lines) {
        StringBuilder text = new StringBuilder("    pass");
        lines.forEach(line -> text.append("\n    ").append(line));
        return text.toString();
    }
}
