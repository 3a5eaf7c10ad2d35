"""Runs the code cells of a notebook as one program: notebook.py FILE [ARGS..]

The program is __main__ as if it were a script: __file__ and sys.argv[0] are the notebook, sys.path[0] is its folder, exit
codes are a script's. All cells are compiled before the first one runs. Tracebacks name cell and line: demo.ipynb[cell 3],
where code cells that are not blank are counted, as "run all" numbers them. Magics (%x, !cmd, ?x, x?, %%x) are skipped with
a note. Cells with a top-level await share one event loop, which runs while one of them waits.
"""
import ast
import json
import sys
import __future__

FUTURES = 0
for _name in __future__.all_feature_names:
    FUTURES |= getattr(__future__, _name).compiler_flag
COROUTINE = 0x80
PLAIN_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun")
"""Magics about a cell that is Python nevertheless."""


class NoNotebook(Exception):
    """What it is instead, or why it cannot be run, and where if that is known: line and column count from 1, 0 is unknown."""

    def __init__(self, why, line=0, column=0):
        super().__init__(why)
        self.line, self.column = line, column


class Cell:
    """source is as in the file, code is Python with the same lines; skipped has (line, magic) for each magic."""

    def __init__(self, number, source):
        self.number = number
        self.source = source
        self.code, self.skipped = without_magics(source)


def cells_of(data):
    """The code cells that are not blank. Raises NoNotebook."""
    try:
        root = json.loads(data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except (ValueError, RecursionError) as e:
        raise NoNotebook("not a notebook: %s" % e, getattr(e, "lineno", 0), getattr(e, "colno", 0)) from None
    if not isinstance(root, dict) or not ("cells" in root or "worksheets" in root):
        raise NoNotebook("not a notebook: it has no cells")
    refuse_other_languages(root)
    sources = [text for text in map(code_of, raw_cells(root)) if text.strip()]
    return [Cell(number, text) for number, text in enumerate(sources, 1)]


def refuse_other_languages(root):
    about = mapping(root.get("metadata"))
    for part, key in (("kernelspec", "language"), ("language_info", "name")):
        language = mapping(about.get(part)).get(key)
        if isinstance(language, str) and language and not language.lower().lstrip("i").startswith("python"):
            raise NoNotebook("its language is %s; only notebooks in Python are run" % language)


def raw_cells(root):
    """Format 3 has sheets of cells."""
    sheets = [root] + (root["worksheets"] if isinstance(root.get("worksheets"), list) else [])
    for sheet in map(mapping, sheets):
        for cell in sheet.get("cells") if isinstance(sheet.get("cells"), list) else []:
            yield mapping(cell)


def mapping(value):
    return value if isinstance(value, dict) else {}


def code_of(cell):
    source = cell.get("source", cell.get("input", "")) if cell.get("cell_type") == "code" else ""
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source.replace("\r\n", "\n") if isinstance(source, str) else ""


def without_magics(source):
    lines = source.split("\n")
    skipped = []
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        skipped.append((first + 1, lines[first].split()[0]))
        if lines[first].split()[0] not in PLAIN_CELLS:
            return "\n" * (len(lines) - 1), skipped
        lines[first] = ""
    place = Place()
    number = 0
    while number < len(lines):
        line = lines[number]
        if place.begins_statement() and is_magic(line):
            skipped.append((number + 1, line.strip()))
            lines[number] = line[:len(line) - len(line.lstrip())] + "pass"
            while line.endswith("\\") and number + 1 < len(lines):
                number += 1
                line, lines[number] = lines[number], ""
        else:
            place.read(line)
        number += 1
    return "\n".join(lines), skipped


def is_magic(line):
    text = line.strip()
    if text.startswith(("%", "!", "?")):
        return True
    if text.endswith("?") and "#" not in text and text.rstrip("?").replace(".", "").isidentifier():
        return True
    target, equals, value = text.partition("=")
    return bool(equals) and value.strip().startswith(("!", "%")) and not value.startswith("=") \
        and target.replace(",", "").replace(" ", "").replace(".", "").isidentifier()


class Place:
    """Where a line begins: within brackets, a long string or a continued line nothing is a magic."""

    def __init__(self):
        self.depth = 0
        self.quote = ""
        self.continued = False

    def begins_statement(self):
        return self.depth == 0 and not self.quote and not self.continued

    def read(self, line):
        self.continued = line.endswith("\\")
        at = 0
        while at < len(line):
            at = self.in_string(line, at) if self.quote else self.in_code(line, at)
        if len(self.quote) == 1 and not self.continued:
            self.quote = ""

    def in_string(self, line, at):
        if line[at] == "\\":
            return at + 2
        if line.startswith(self.quote, at):
            at += len(self.quote)
            self.quote = ""
            return at
        return at + 1

    def in_code(self, line, at):
        c = line[at]
        if c == "#":
            self.continued = False
            return len(line)
        if c in "\"'":
            self.quote = c * 3 if line.startswith(c * 3, at) else c
            return at + len(self.quote)
        self.depth = max(0, self.depth + (c in "([{") - (c in ")]}"))
        return at + 1


class Compiler:
    """Compiles cells in their order: what one imports from __future__ holds in the next too."""

    def __init__(self, file):
        self.file = file
        self.flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

    def compiled(self, cell):
        code = compile(cell.code, name_of(self.file, cell), "exec", self.flags, True)
        self.flags |= code.co_flags & FUTURES
        return code


def name_of(file, cell):
    """As tracebacks show it: short when it lies below the working directory."""
    import os
    here = os.path.join(os.getcwd(), "")
    shown = file[len(here):] if file.startswith(here) else file
    return "%s[cell %d]" % (shown, cell.number)


def run(code, names, loops):
    if not code.co_flags & COROUTINE:
        exec(code, names)
        return
    if not loops:
        import asyncio
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[0])
    loops[0].run_until_complete(eval(code, names))


def fresh_main(file):
    """A __main__ without our own names; it stays in sys.modules when the last cell has run, for its threads."""
    import builtins
    import types
    main = types.ModuleType("__main__")
    main.__dict__.update(__file__=file, __builtins__=builtins)
    sys.modules["__main__"] = main
    return main.__dict__


def remember(name, cell):
    """So that tracebacks can show the line."""
    import linecache
    linecache.cache[name] = (len(cell.source), None, cell.source.splitlines(True), name)


def hide_our_frames(names):
    """Shows the error that is about to end the program from the first frame of a cell on, by whatever hook is in force."""
    import traceback  # not in the hook: an import may evaluate text, after which an interrupt loses its exit code
    hook = sys.excepthook

    def show(kind, error, trace):
        while trace is not None and trace.tb_frame.f_code.co_filename not in names:
            trace = trace.tb_next
        if hook is sys.__excepthook__:
            traceback.print_exception(kind, error, trace)  # the built-in hook does not look for lines where we put them
        else:
            hook(kind, error, trace)
    sys.excepthook = show


def load(file):
    try:
        with open(file, "rb") as notebook:
            return cells_of(notebook.read())
    except OSError as e:
        raise SystemExit("%s: cannot be read: %s" % (file, e.strerror)) from None
    except NoNotebook as e:
        raise SystemExit("%s: %s" % (file, e)) from None


def main():
    import os
    if len(sys.argv) < 2:
        raise SystemExit("usage: notebook.py FILE [ARGS..]")
    file = os.path.abspath(sys.argv[1])
    names = set()
    try:
        compiler = Compiler(file)
        codes = []
        for cell in load(file):
            names.add(name_of(file, cell))
            remember(name_of(file, cell), cell)
            for line, magic in cell.skipped:
                print("%s, line %d: skipped %s" % (name_of(file, cell), line, magic[:80]), file=sys.stderr)
            codes.append(compiler.compiled(cell))
        del sys.argv[0]
        if not getattr(sys.flags, "safe_path", False) and not sys.flags.isolated:
            sys.path[0] = os.path.dirname(os.path.realpath(file))
        module, loops = fresh_main(file), []
        for code in codes:
            run(code, module, loops)
    except SystemExit:
        raise
    except BaseException:
        hide_our_frames(names)
        raise


if __name__ == "__main__":
    main()
