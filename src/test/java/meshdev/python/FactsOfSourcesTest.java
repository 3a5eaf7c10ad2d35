package meshdev.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import meshdev.imports.SourceFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of import, read by every interpreter of this machine. */
@Timeout(60)
class FactsOfSourcesTest {
    private static final String IL = "import importlib\n";
    private static final String SYS = "import sys, os\nfrom pathlib import Path\n";

    /** What it says, {@code $} being the folder: import a, from m import n, some of m, path p, front p, ? computed, all x. */
    private static final String[][] TABLE = {
        {"import a", "import a"},
        {"import a.b.c as d, e", "import a.b.c; import e"},
        {"from a.b import c as d, e", "from a.b import c,e"},
        {"from a import *", "from a import *"},
        {"from . import a", "from . import a"},
        {"from ..a.b import c", "from ..a.b import c"},
        {"from __future__ import annotations", ""},
        {"def f():\n  class A:\n    async def g():\n      import a", "import a"},
        {"try:\n  import a\nexcept E:\n  import b\nelse:\n  import c\nfinally:\n  import d", "import a; import b; import c; import d"},
        {"if x:\n  import a\nelif y:\n  import b\nelse:\n  import c\nwhile z:\n  import d", "import a; import b; import c; import d"},
        {"with x:\n  import a\nfor i in y:\n  import b\nelse:\n  import c", "import a; import b; import c"},
        {"if TYPE_CHECKING:\n  import a\nelse:\n  import b", "import b"},
        {"import typing as t\nif not t.TYPE_CHECKING:\n  import a\nelse:\n  import b", "import typing; import a"},
        {"if TYPE_CHECKING and x:\n  import a", ""},
        {"if TYPE_CHECKING or x:\n  import a", "import a"},
        {IL + "importlib.import_module('a.b')", "import importlib; import a.b"},
        {"from importlib import import_module as im\nim('a')", "from importlib import import_module; import a"},
        {"import importlib as il\nx = [il.import_module('a') for _ in y]", "import importlib; import a"},
        {IL + "importlib.import_module('.a', __package__)", "import importlib; from . import a"},
        {IL + "importlib.import_module('.a.b', package=__name__)", "import importlib; from .a import b"},
        {IL + "importlib.import_module('..a', 'p.q')", "import importlib; import p.a"},
        {IL + "N = 'a.b'\nimportlib.import_module(N)", "import importlib; import a.b"},
        {IL + "N = 'a'\nN = 'b'\nimportlib.import_module(N)", "import importlib; ? importlib.import_module(N)"},
        {IL + "N = 'a'\ndef f(N):\n  importlib.import_module(N)", "import importlib; ? importlib.import_module(N)"},
        {IL + "importlib.import_module('plug.' + n)", "import importlib; some of plug"},
        {IL + "importlib.import_module(f'a.plug.{n}.x')", "import importlib; some of a.plug"},
        {IL + "importlib.import_module('plug.%s' % n)", "import importlib; some of plug"},
        {IL + "importlib.import_module('plug.{}_x'.format(n))", "import importlib; some of plug"},
        {IL + "importlib.import_module('plug.{name}'.format(name=n))", "import importlib; some of plug"},
        {IL + "importlib.import_module('.'.join(['plug', n]))", "import importlib; some of plug"},
        {IL + "importlib.import_module(f'.{n}', __package__)", "import importlib; some of ."},
        {IL + "importlib.import_module(f'.a.{n}', 'p')", "import importlib; some of p.a"},
        {IL + "importlib.import_module(__package__ + '.a')", "import importlib; from . import a"},
        {IL + "importlib.import_module(f'{__package__}.{n}')", "import importlib; some of ."},
        {IL + "importlib.import_module(f'{n}.a')", "import importlib; ? importlib.import_module(f'{n}.a')"},
        {IL + "importlib.import_module(n)", "import importlib; ? importlib.import_module(n)"},
        {IL + "importlib.import_module('.a', p)", "import importlib; ? importlib.import_module('.a', p)"},
        {IL + "load = importlib.import_module\nload('a')", "import importlib; import a"},
        {IL + "map(importlib.import_module, names)", "import importlib; ? importlib.import_module"},
        {IL + "getattr(importlib, 'import_' + 'module')('a')", "import importlib; ? getattr(importlib, 'import_' + 'module')"},
        {"__import__('a.b', fromlist=['c'])", "from a.b import c"},
        {"__import__('a', globals(), locals(), ['b'], 1)", "from .a import b"},
        {"__import__('a.b')", "import a.b"},
        {"__import__('plug.' + n)", "some of plug"},
        {"__import__(n)", "? __import__(n)"},
        {"exec('import a')", "import a"},
        {"exec(text)", "? exec(text)"},
        {"eval(text)", ""},
        {"import runpy\nrunpy.run_module('a.b')", "import runpy; from a.b import __main__"},
        {"import runpy\nrunpy.run_path('x.py')", "import runpy; ? runpy.run_path('x.py')"},
        {"from importlib.util import spec_from_file_location as s\ns('a', p)", "from importlib.util import spec_from_file_location; ? s('a', p)"},
        {"import imp\nimp.load_source('a', 'a.py')", "import imp; ? imp.load_source('a', 'a.py')"},
        {"__path__.append('x')", "? __path__.append('x')"},
        {"from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)",
            "from pkgutil import extend_path; ? __path__ = extend_path(__path__, __name__); ? extend_path(__path__, __name__)"},
        {"uvicorn.run('app.main:api')", "import app.main"},
        {"x = 'http://host:80/', 'a b:c', '12:30'", ""},
        {"run([exe, '-m', 'a.b'])", "from a.b import __main__"},
        {"__all__ = ['a', 'b']", "all a; all b"},
        {"__all__ = ('a',) + ('b',)\n__all__ += ['c']\n__all__.extend(['d'])\n__all__.append('e')", "all a; all b; all c; all d; all e"},
        {"__all__ = x.__all__", "all *"},
        {SYS + "sys.path.append('lib')", "path lib"},
        {SYS + "sys.path.insert(0, os.path.dirname(__file__))", "front $"},
        {SYS + "sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))", "front $/../lib"},
        {SYS + "sys.path.append(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))", "path $/.."},
        {SYS + "ROOT = Path(__file__).resolve().parent\nsys.path.append(str(ROOT / 'lib'))", "path $/lib"},
        {SYS + "sys.path.append(str(Path(__file__).parents[1].joinpath('x')))", "path $/../x"},
        {SYS + "sys.path.append(os.getcwd())", "path "},
        {SYS + "sys.path.append(str(Path.cwd().parent / 'x'))", "path ../x"},
        {SYS + "sys.path.append(f'{os.path.dirname(__file__)}/lib')", "path $/lib"},
        {SYS + "sys.path += ['a', 'b']", "path a; path b"},
        {SYS + "sys.path.extend(['a', os.pardir])", "path a; path .."},
        {SYS + "sys.path[:0] = ['a']", "front a"},
        {SYS + "sys.path[0] = 'a'", "front a"},
        {SYS + "sys.path = ['a'] + sys.path + ['b']", "front a; path b"},
        {SYS + "sys.path = ['a', *sys.path, 'b']", "front a; path b"},
        {"from sys import path as p\np.append('a')", "from sys import path; path a"},
        {"import site\nsite.addsitedir('a')", "import site; path a"},
        {SYS + "if x:\n  def f():\n    sys.path.append(os.environ['X'])", "? sys.path.append(os.environ['X'])"},
        {SYS + "print(sys.path, sys.path[0], 'a' in sys.path)", ""},
    };

    @TempDir
    private Path folder;

    static List<Path> pythons() {
        return Pythons.all();
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void everyFormIsRead(Path python) throws Exception {
        Path real = folder.toRealPath();
        List<Path> files = new ArrayList<>();
        for (int row = 0; row < TABLE.length; row++) {
            files.add(Files.writeString(real.resolve("m" + row + ".py"), TABLE[row][0] + "\n"));
        }
        try (Inspector inspector = inspector(python)) {
            Map<Path, SourceFacts> facts = inspector.parse(files);
            for (int row = 0; row < TABLE.length; row++) {
                String prefix = TABLE[row][0].startsWith(SYS) ? "import sys; import os; from pathlib import Path; " : "";
                String wanted = TABLE[row][1].replace("$/..", real.getParent().toString()).replace("$", real.toString());
                assertEquals((prefix + wanted).replaceAll("; $", ""), said(facts.get(files.get(row))), TABLE[row][0]);
            }
        }
    }

    @Test
    void theNameOfAPackageIsItselfInItsInit() throws Exception {
        String source = IL + "importlib.import_module(f'{__name__}.{n}')\n";
        Path init = Files.writeString(folder.resolve("__init__.py"), source);
        Path other = Files.writeString(folder.resolve("other.py"), source);
        try (Inspector inspector = inspector(Pythons.usual())) {
            Map<Path, SourceFacts> facts = inspector.parse(List.of(init, other));
            assertEquals("import importlib; some of .", said(facts.get(init)));
            assertTrue(said(facts.get(other)).startsWith("import importlib; ?"));
        }
    }

    @Test
    void linesAreThoseOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a.py"), "\n\nimport a\ndef f():\n    import b\n");
        try (Inspector inspector = inspector(Pythons.usual())) {
            SourceFacts facts = inspector.parse(List.of(file)).get(file);
            assertEquals(List.of(3, 5), facts.imports().stream().map(SourceFacts.Import::line).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void hostileFilesAreAnswered(Path python) throws Exception {
        Path fifo = folder.resolve("fifo.py");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        List<Path> broken = List.of(fifo, folder, folder.resolve("gone.py"), write("null.py", "import a\0\n"),
                Files.write(folder.resolve("bytes.py"), new byte[] {'i', (byte) 0xff, '\n'}),
                write("cookie.py", "# coding: nonsense\nimport a\n"),
                write("deep.py", "(".repeat(100_000)), write("huge.py", "x = 1\n".repeat(2_000_000)));
        Path latin = Files.write(folder.resolve("latin.py"),
                "# -*- coding: latin-1 -*-\nx = 'é'\nimport a\n".getBytes(StandardCharsets.ISO_8859_1));
        Path sum = write("sum.py", "x = " + "1 + ".repeat(3000) + "1\n");
        List<Path> good = List.of(latin, write("bom.py", "\uFEFFimport a\n"), write("crlf.py", "import a\r\n\r\n"),
                write("mac.py", "x = 1\rimport a\r"));
        Path empty = write("empty.py", "");
        List<Path> all = new ArrayList<>(broken);
        all.addAll(good);
        all.addAll(List.of(empty, sum));
        try (Inspector inspector = inspector(python)) {
            inspector.check(List.of(empty));
            long pid = inspector.pid().orElseThrow();
            Map<Path, SourceFacts> facts = inspector.parse(all);
            assertEquals(pid, inspector.pid().orElseThrow(), "none of them hangs or ends it");
            broken.forEach(file -> assertTrue(facts.get(file).broken(), file.toString()));
            good.forEach(file -> assertEquals("import a", said(facts.get(file)), file.toString()));
            assertFalse(facts.get(empty).broken());
        }
    }

    @Test
    void aNotebookIsReadByItsCodeCells() throws Exception {
        Path file = write("demo.ipynb", """
                {"cells": [{"cell_type": "markdown", "source": "import no"},
                 {"cell_type": "code", "source": ["%matplotlib inline\\n", "import a"]},
                 {"cell_type": "code", "source": "from b import c"}]}""");
        try (Inspector inspector = inspector(Pythons.usual())) {
            assertEquals("import a; from b import c", said(inspector.parse(List.of(file)).get(file)));
        }
    }

    @Test
    void twoThousandModulesTakeLessThanTwoSeconds() throws Exception {
        List<Path> files = new ArrayList<>();
        String body = "import os, sys\nfrom lib import tax\n" + "def f(a, b):\n    return a + b * 2\n\n".repeat(20);
        for (int i = 0; i < 2000; i++) {
            files.add(write("m" + i + ".py", body));
        }
        try (Inspector inspector = inspector(Pythons.usual())) {
            long begin = System.nanoTime();
            Map<Path, SourceFacts> facts = inspector.parse(files);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertTrue(facts.values().stream().allMatch(one -> one.imports().size() == 3));
            System.out.println("2000 modules: " + millis + " ms");
            assertTrue(millis < 8000, millis + " ms; well below 2000 on a machine that does nothing else");
        }
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private Inspector inspector(Path python) {
        return new Inspector(python, Pythons.LIBRARY, Pythons.environment(), folder);
    }

    private static String said(SourceFacts facts) {
        StringJoiner said = new StringJoiner("; ");
        for (SourceFacts.Import one : facts.imports()) {
            String module = ".".repeat(one.level()) + one.module();
            said.add(one.names().isEmpty() ? "import " + module : "from " + module + " import " + String.join(",", one.names()));
        }
        facts.prefixes().forEach(one -> said.add("some of " + ".".repeat(one.level()) + one.module()));
        facts.paths().forEach(one -> said.add((one.front() ? "front " : "path ") + (one.path().toString().equals(".") ? "" : one.path())));
        facts.computed().forEach(one -> said.add("? " + one.what()));
        facts.exports().forEach(one -> said.add("all " + one));
        return (facts.broken() ? "broken" : "") + said;
    }
}
