"""Reads and checks Python source for mesh-dev, with the interpreter that runs the agents. Nothing is executed.

    python -B -W ignore inspector.py [IDLE_SECONDS]

Requests are lines on standard input, answers are lines on standard output that begin with \\x1e; any other line there
(a sitecustomize may print) is not ours. Words are separated by one space. Every value is hex: of the bytes of a path, of
UTF-8 else. A request is given an ID, any word, by whoever asks; several may be under way at once.

    HELLO ID                        ID HELLO TAG,VALUE..       v version, b name of a built-in module, p entry of sys.path,
                                                               m,PACKAGE,PATH of an editable install
    PARSE ID PATH..                 ID N FACTS TAG,..          see facts.py; N is the number of the path, from 0
    CHECK ID PATH..                 ID N OK
                                    ID N ERROR CELL LINE COLUMN END MESSAGE TEXT
    SURFACE ID PATH..               ID N SURFACE VALUE         see surface.py; "-" for what cannot be parsed
    all three, for each path        ID N GONE                  no such file
                                    ID N FAILED MESSAGE        it cannot be read, is no regular file, or is too large
    all, at the end                 ID DONE

CELL is 0 outside notebooks, else the code cell that has the error, counted from 1 as a "run all" would number them.
LINE, COLUMN and END (of the marked part, behind its last character, on the same line) count from 1; 0 is unknown.

It ends when its standard input does, and after IDLE_SECONDS without a request. SIGINT is ignored: it is in the group of a
terminal whose Ctrl-C is not for it.

Each request is worked on by a child that is forked for it, so a hard file holds up nobody else, and one that crashes the
interpreter costs an answer and not the service. What is more than a few files to PARSE is done at the lowest
priority; a process can't raise its own again, a child that ends need not.
"""
import gc
import os
import select
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BASE_PATH = [entry for entry in sys.path if entry and os.path.abspath(entry) != HERE]
sys.path[:] = [HERE] + BASE_PATH  # with PYTHONSAFEPATH our folder is not there
from compiling import Refused, answer, answer_error, encoded, problem, read, source_check  # noqa: E402 - our folder is found now

FEW = 16
"""As many files belong to one save; the user waits for them."""
LONGEST_SECONDS = 60
"""After which a child that nobody looks after any more ends."""


def is_notebook(path):
    return path.endswith(b".ipynb")


def parse(path):
    import facts
    source = read(path)
    if is_notebook(path):
        source = code_of(source)
    return "FACTS " + " ".join(facts.of(source, os.fsdecode(path), encoded))


def code_of(notebook_source):
    import notebook
    try:
        return "\n".join(cell.code for cell in notebook.cells_of(notebook_source)).encode("utf-8", "replace")
    except notebook.NoNotebook as e:
        raise Refused(str(e))


def surface(path):
    import surface
    return "SURFACE " + encoded(surface.of(read(path), os.fsdecode(path)))


def check(path):
    if not is_notebook(path):
        return source_check(path)
    import notebook
    compiler = notebook.Compiler(os.fsdecode(path))
    try:
        cells = notebook.cells_of(read(path))
    except notebook.NoNotebook as e:
        return answer_error(0, e.line, e.column, 0, str(e), "")
    for cell in cells:
        found = problem(cell.number, cell.code.encode("utf-8", "replace"), lambda: compiler.compiled(cell))
        if found:
            return found
    return "OK"


KINDS = {b"PARSE": parse, b"CHECK": check, b"SURFACE": surface}


def hello():
    words = ["v," + encoded("%d.%d.%d" % sys.version_info[:3])]
    words += ["b," + encoded(name) for name in sys.builtin_module_names]
    words += ["p," + encoded(os.path.abspath(entry)) for entry in BASE_PATH]
    for name, module in sorted(sys.modules.items()):
        mapping = getattr(module, "MAPPING", None) if name.startswith("__editable___") else None
        for package, path in mapping.items() if isinstance(mapping, dict) else ():
            words.append("m,%s,%s" % (encoded(str(package)), encoded(str(path))))
    return "HELLO " + " ".join(words)


def write(handle, line):
    data = line.encode("ascii") if isinstance(line, str) else line
    while data:
        data = data[os.write(handle, data):]


class Worker:
    """A request, and the child that works on it."""

    def __init__(self, kind, name, paths):
        self.kind, self.name, self.paths = kind, name, paths
        self.answered = 0
        self.begin()

    def begin(self):
        self.rest = b""
        self.pipe, to_parent = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.work(to_parent)
            finally:
                os._exit(0)
        os.close(to_parent)

    def work(self, to_parent):
        for handle in (0, self.pipe, OUT):
            os.close(handle)  # the end of the helper must be seen, whoever still lives
        if self.kind == b"PARSE" and len(self.paths) > FEW:
            os.nice(19)
        gc.disable()  # syntax trees have no cycles
        for number in range(self.answered, len(self.paths)):
            signal.alarm(LONGEST_SECONDS)
            said = answer(KINDS[self.kind], bytes.fromhex(self.paths[number].decode("ascii")))
            write(to_parent, "\x1e%s %d %s\n" % (self.name, number, said))

    def passes_on(self):
        """Passes on what the child says; whether anything is still to come."""
        chunk = os.read(self.pipe, 1 << 16)
        whole, newline, self.rest = (self.rest + chunk).rpartition(b"\n")
        write(OUT, whole + newline)
        self.answered += whole.count(b"\n") + len(newline)
        return True if chunk else self.goes_on()

    def goes_on(self):
        """After the end of the child, which may have been a crash; that is the fault of the file it was at."""
        os.close(self.pipe)
        os.waitpid(self.pid, 0)
        if self.answered < len(self.paths):
            write(OUT, "\x1e%s %d FAILED %s\n" % (self.name, self.answered, encoded("the interpreter crashed")))
            self.answered += 1
        if self.answered < len(self.paths):
            self.begin()
            return True
        write(OUT, "\x1e%s DONE\n" % self.name)
        return False

    def end(self):
        os.kill(self.pid, signal.SIGKILL)


def begin(line):
    """The workers that a request needs: one, or none."""
    kind, _, rest = line.partition(b" ")
    name, *paths = rest.split(b" ")
    if kind == b"HELLO":
        write(OUT, "\x1e%s %s\n\x1e%s DONE\n" % (name.decode("ascii"), hello(), name.decode("ascii")))
    return [Worker(kind, name.decode("ascii"), paths)] if kind in KINDS else []


def serve(idle):
    unread = b""
    workers = []
    while True:
        ready = select.select([0] + [worker.pipe for worker in workers], [], [], None if workers else idle)[0]
        if not ready:
            return
        workers = [worker for worker in workers if worker.pipe not in ready or worker.passes_on()]
        if 0 in ready:
            chunk = os.read(0, 1 << 16)
            if not chunk:
                for worker in workers:
                    worker.end()
                return
            *lines, unread = (unread + chunk).split(b"\n")
            for line in lines:
                workers += begin(line)


def main():
    global OUT
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    OUT = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # nobody else writes among the answers
    write(OUT, "\n")  # after what was printed without an end of line
    try:
        serve(float(sys.argv[1]) if len(sys.argv) > 1 else None)
    except BrokenPipeError:
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
