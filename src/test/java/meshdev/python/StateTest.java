package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mesh_dev.state}, by every interpreter of this machine. */
@Timeout(60)
class StateTest {
    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {
    }

    static List<Path> pythons() {
        return Pythons.all();
    }

    private Path file() {
        return folder.resolve("state/state.json");
    }

    private ProcessBuilder program(Path python, String code) {
        ProcessBuilder builder = new ProcessBuilder(python.toString(), "-B", "-c", "from mesh_dev import state\n" + code);
        Map<String, String> environment = builder.environment();
        environment.put("PYTHONPATH", Pythons.LIBRARY.resolve("python").toString());
        environment.put("MCP_MESH_PRESERVE_STATE", "true");
        environment.put("MCP_MESH_STATE_DIR", file().getParent().toString());
        return builder.directory(folder.toFile());
    }

    private Run run(Path python, String code) throws Exception {
        return run(program(python, code));
    }

    private Run run(ProcessBuilder program) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = program.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void assertSays(String expected, Run run) {
        assertEquals(new Run(0, expected + "\n", ""), run);
    }

    private void keep(String text) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);
    }

    private static String kept(String state) {
        return "{\"version\": 1, \"state\": " + state + "}\n";
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatOneProcessKeepsTheNextOneHas(Path python) throws Exception {
        assertSays("0", run(python, "print(len(state))\nstate['a'] = {'n': [1, None, 'é', float('inf')]}\nstate['t'] = (1, 2)"));
        assertSays("{'a': {'n': [1, None, 'é', inf]}, 't': [1, 2]}", run(python, "print(dict(state))".replace("'", "\"")));
        assertEquals("rwx------ rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())) + " "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void itIsADictWhoseEveryChangeIsOnDiskWhenItReturns(Path python) throws Exception {
        assertSays("ok", run(python, """
                import json, os, pickle, copy
                path = os.environ['MCP_MESH_STATE_DIR'] + '/state.json'
                def has(**expected):
                    with open(path) as file:
                        assert json.load(file) == {'version': 1, 'state': expected}, (dict(state), expected)
                    assert state == expected and dict(state) == expected and {**state} == expected
                state['a'] = 1; has(a=1)
                state.update({'b': 2}, c=3); has(a=1, b=2, c=3)
                state |= {'c': 4} if hasattr(dict, '__or__') else [('c', 4)]; has(a=1, b=2, c=4)
                del state['a']; has(b=2, c=4)
                assert state.pop('b') == 2 and state.pop('x', 7) == 7; has(c=4)
                assert state.setdefault('d', []) == [] and state.setdefault('c', 9) == 4; has(c=4, d=[])
                assert state.popitem() == ('d', []); has(c=4)
                assert state.incr('n') == 1 and state.incr('n', 2.5) == 3.5; has(c=4, n=3.5)
                assert state | {'n': 1} == {'c': 4, 'n': 1} and {'z': 0} | state == {'z': 0, 'c': 4, 'n': 3.5}
                assert 'c' in state and state.get('y', 5) == 5 and list(state.items()) == [('c', 4), ('n', 3.5)]
                assert list(reversed(state)) == ['n', 'c'] and repr(state) == "mesh_dev.state({'c': 4, 'n': 3.5})"
                assert pickle.loads(pickle.dumps(state)) == copy.deepcopy(state) == state.copy() == {'c': 4, 'n': 3.5}
                for key in state: del state[key]
                has()
                state['e'] = 1; state.clear(); has()
                for missing in (lambda: state['q'], lambda: state.pop('q'), lambda: state.__delitem__('q'), state.popitem):
                    try:
                        missing()
                        print('nothing raised')
                    except KeyError:
                        pass
                import mesh_dev.state
                assert mesh_dev.state is state
                print('ok')"""));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aChangeInsideAValueIsKeptBySavingByTheNextChangeAndByANormalExit(Path python) throws Exception {
        run(python, "import os\nstate['a'] = []; state['a'].append(1); state.save(); state['a'].append(2)\nos._exit(0)");
        assertEquals(kept("{\"a\": [1]}"), Files.readString(file()));
        run(python, "import os\nstate['a'].append(2); state['b'] = 1; state['a'].append(3)\nos._exit(0)");
        assertEquals(kept("{\"a\": [1, 2], \"b\": 1}"), Files.readString(file()));
        run(python, "state['a'].append(3)\nraise SystemExit(143)");
        assertEquals(kept("{\"a\": [1, 2, 3], \"b\": 1}"), Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void anExitHandlerOfTheAgentComesBeforeTheLastSave(Path python) throws Exception {
        run(python, "import atexit\natexit.register(lambda: state['a'].append(1))\nstate['a'] = []");
        assertEquals(kept("{\"a\": [1]}"), Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void nothingIsReadOrMadeByTheImport(Path python) throws Exception {
        keep("broken");
        ProcessBuilder builder = program(python, "");
        builder.command(python.toString(), "-B", "-c", "import sys; before = set(sys.modules); from mesh_dev import state\n"
                + "print(sorted(set(sys.modules) - before - {'atexit'}))");
        assertSays("['mesh_dev', 'mesh_dev.state']", run(builder));
        assertEquals("broken", Files.readString(file()));
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void importingItCostsNextToNothing(Path python) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < 9; round++) {
            ProcessBuilder builder = program(python, "");
            builder.command(python.toString(), "-c", "import time, sys\nbefore = time.process_time_ns()\n"
                    + "import mesh_dev\nprint((time.process_time_ns() - before) / 1e6)");
            builder.environment().remove("PYTHONDONTWRITEBYTECODE");
            builder.environment().put("PYTHONPYCACHEPREFIX", folder.resolve("cache").toString());
            millis.add(Double.valueOf(run(builder).out().trim()));
        }
        assertTrue(millis.stream().sorted().toList().get(4) <= 3, millis.toString());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void withoutAPlaceItIsADictInMemory(Path python) throws Exception {
        for (String variable : List.of("MCP_MESH_PRESERVE_STATE", "MCP_MESH_STATE_DIR")) {
            ProcessBuilder builder = program(python, "state['a'] = 1; state.incr('n'); state.save(); print(dict(state))");
            builder.environment().remove(variable);
            assertSays("{'a': 1, 'n': 1}", run(builder));
        }
        ProcessBuilder refused = program(python, "state['a'] = 1; print(len(state))");
        refused.environment().put("MCP_MESH_PRESERVE_STATE", "false");
        assertSays("1", run(refused));
        assertFalse(Files.exists(file().getParent()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatIsNotJsonIsRefusedByNameAndChangesNothing(Path python) throws Exception {
        Run run = run(python, """
                state['a'] = 1
                circle = []; circle.append(circle)
                deep = []
                for _ in range(100000): deep = [deep]
                for change in (lambda: state.__setitem__('bad', {1}), lambda: state.update(b=2, bad=object()),
                        lambda: state.setdefault('bad', b'x'), lambda: state.__setitem__('bad', circle),
                        lambda: state.__setitem__('bad', {'x': {404: 1}}), lambda: state.__setitem__('bad', deep),
                        lambda: state.incr('bad', 1j)):
                    try:
                        change()
                        print('nothing raised')
                    except TypeError as e:
                        assert "state['bad'] can't be kept: " in str(e), e
                    assert state == {'a': 1}
                try:
                    state[1] = 1
                except TypeError as e:
                    print(e)
                state['l'] = []; state['l'].append({2})
                try:
                    state['b'] = 1
                except TypeError as e:
                    print(e)
                print(list(state))
                while deep: deep = deep[0]""");
        assertEquals(List.of("keys of the state are strings, not int: 1",
                "state['l'] can't be kept: Object of type set is not JSON serializable", "['a', 'l']"),
                run.out().lines().toList());
        assertEquals(List.of("mesh_dev.state: state['l'] can't be kept: Object of type set is not JSON serializable; what changed"
                + " inside values since the last assignment is not kept"), run.err().lines().toList());
        assertEquals("0 " + kept("{\"a\": 1, \"l\": []}"), run.exit() + " " + Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatIsNoStateIsSetAsideAndTheAgentStartsWithNone(Path python) throws Exception {
        for (String text : List.of("", "{", "[]", "\0\0\0", kept("[]"), kept("{}").replace('1', '2'),
                "[".repeat(200_000), "{\"state\": {}}")) {
            keep(text);
            Files.writeString(folder.resolve("state/state.json.bad"), "older");
            Run run = run(python, "print(dict(state)); state['a'] = 1");
            assertEquals("0 {}\n", run.exit() + " " + run.out(), run.err());
            assertTrue(run.err().startsWith("mesh_dev.state: the state can't be used: "), run.err());
            assertTrue(run.err().endsWith("; it is set aside as " + file() + ".bad, and the agent starts with an empty one\n"));
            assertEquals(1, run.err().lines().count(), run.err());
            assertEquals(text, Files.readString(folder.resolve("state/state.json.bad")));
            assertEquals(kept("{\"a\": 1}"), Files.readString(file()));
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatIsNoFileAtAllHoldsNobodyUp(Path python) throws Exception {
        Files.createDirectories(file().getParent());
        assertEquals(0, new ProcessBuilder("mkfifo", file().toString()).start().waitFor());
        assertTrue(run(python, "print(dict(state))").err().contains("the state can't be used: is not a file; it is set aside"));
        Files.createDirectory(file());
        Files.delete(folder.resolve("state/state.json.bad"));
        Run run = run(python, "state['a'] = 1; print(dict(state))");
        assertEquals("0 {'a': 1}\n", run.exit() + " " + run.out(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void whatAKillInTheMiddleOfAWriteLeavesHarmsNobody(Path python) throws Exception {
        keep(kept("{\"a\": 1}"));
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Files.createSymbolicLink(folder.resolve("state/state.json.tmp1"), target);
        assertSays("2", run(python, "print(state.incr('a'))"));
        Files.writeString(folder.resolve("state/state.json.tmp1"), "{\"vers");
        assertSays("3", run(python, "print(state.incr('a'))"));
        assertEquals("mine", Files.readString(target));
        assertFalse(Files.exists(folder.resolve("state/state.json.tmp1")));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void noIncrementThatReturnedIsLostByAKill(Path python) throws Exception {
        int last = 0;
        for (int round = 0; round < 5; round++) {
            Process process = program(python, "for _ in range(10**6):\n    print(state.incr('n'), flush=True)").start();
            try (BufferedReader out = process.inputReader()) {
                int first = Integer.parseInt(out.readLine());
                assertTrue(first == last + 1 || first == last + 2, first + " after " + last); // one may have returned unread
                for (int number = 0; number < 20 + 7 * round; number++) {
                    last = Integer.parseInt(out.readLine());
                }
                assertTrue(process.toHandle().destroyForcibly()); // leaves the pipe open
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    last = Integer.parseInt(line);
                }
                assertEquals(137, process.waitFor());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void threadsLoseNoIncrement(Path python) throws Exception {
        assertSays("400", run(python, """
                import threading
                def work():
                    for _ in range(50):
                        state.incr('n')
                        for key in state: pass
                threads = [threading.Thread(target=work) for _ in range(8)]
                for thread in threads: thread.start()
                for thread in threads: thread.join()
                print(state['n'])"""));
        assertEquals(kept("{\"n\": 400}"), Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aForkedChildHasACopyAndNeverWrites(Path python) throws Exception {
        Run run = run(python, """
                import os, sys, threading
                state['a'] = 1
                state._lock.acquire() if len(sys.argv) > 1 else None
                held, free = threading.Event(), threading.Event()
                def hold():
                    with state._lock:
                        held.set(); free.wait(10)
                threading.Thread(target=hold).start(); held.wait(10)
                child = os.fork()
                if child == 0:
                    state['a'] = 2; state['b'] = 3; state.save()
                    sys.exit(0 if state == {'a': 2, 'b': 3} else 9)
                free.set()
                print(os.waitpid(child, 0)[1], dict(state))""");
        assertEquals("0 0 {'a': 1}\n", run.exit() + " " + run.out(), run.err());
        assertTrue(run.err().contains("has a copy of the state; what it changes is not kept\n"), run.err());
        assertEquals(kept("{\"a\": 1}"), Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aSecondProcessReadsButDoesNotWrite(Path python) throws Exception {
        Run run = run(python, """
                import os, subprocess, sys
                state['a'] = 1
                code = "from mesh_dev import state; print(state.incr('a', 5))"
                print(subprocess.run([sys.executable, '-B', '-c', code], check=True, stdout=subprocess.PIPE).stdout)
                print(open(os.environ['MCP_MESH_STATE_DIR'] + '/state.json').read(), end='')
                print(state.incr('a'))""");
        assertEquals("b'6\\n'\n{\"version\": 1, \"state\": {\"a\": 1}}\n2\n", run.out(), run.err());
        assertTrue(run.err().startsWith("mesh_dev.state: another process writes " + file()), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals(kept("{\"a\": 2}"), Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aSignalHandlerMayChangeItInTheMiddleOfAnything(Path python) throws Exception {
        assertSays("{'ticks': 1, 'trap': {}, 'n': 2}", run(python, """
                import signal
                signal.signal(signal.SIGUSR1, lambda *_: state.incr('ticks'))
                class Trap(dict):
                    def __eq__(self, other):
                        if 'ticks' not in state: signal.raise_signal(signal.SIGUSR1)
                        return super().__eq__(other)
                state['trap'] = Trap()
                state.incr('n', 2)
                print(dict(state))"""));
        assertEquals(kept("{\"ticks\": 1, \"trap\": {}, \"n\": 2}"), Files.readString(file()));
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aDiskThatIsFullIsSaidOnceAndWrittenAgainWhenItIsNot(Path python) throws Exception {
        Run run = run(python, """
                import os, resource
                state['a'] = 1
                resource.setrlimit(resource.RLIMIT_FSIZE, (200, resource.RLIM_INFINITY))
                state['b'] = 'x' * 500; state.incr('a'); state['c'] = 1
                n, text = state.incr('a'), open(os.environ['MCP_MESH_STATE_DIR'] + '/state.json').read()
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                print(n, text, end='')
                del state['b']""");
        assertEquals("0 3 " + kept("{\"a\": 1}"), run.exit() + " " + run.out(), run.err());
        assertEquals("mesh_dev.state: " + file() + " can't be written: File too large;"
                + " until it can, the state is kept in memory only\n", run.err());
        assertEquals(kept("{\"a\": 3, \"c\": 1}"), Files.readString(file()));
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(2, files.count());
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aPlaceThatCannotBeWrittenIsSaidOnce(Path python) throws Exception {
        ProcessBuilder builder = program(python, "state['a'] = 1; state['a'] = 2; print(dict(state))");
        builder.environment().put("MCP_MESH_STATE_DIR", "/proc/none/state");
        Run run = run(builder);
        assertEquals("0 {'a': 2}\n", run.exit() + " " + run.out());
        assertTrue(run.err().contains("/proc/none/state/state.json can't be written: "), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        builder.environment().put("MCP_MESH_STATE_DIR", Files.createFile(folder.resolve("plain")) + "/state");
        Run second = run(builder);
        assertEquals("0 {'a': 2}\n", second.exit() + " " + second.out());
        assertEquals(1, second.err().lines().count(), second.err());
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aFolderThatVanishesIsMadeAgain(Path python) throws Exception {
        run(python, "import os, shutil\nstate['a'] = 1; shutil.rmtree(os.environ['MCP_MESH_STATE_DIR']); state['a'] = 2");
        assertEquals(kept("{\"a\": 2}"), Files.readString(file()));
    }
}
