"""Waits as a finished interpreter until mesh-dev says GO, then is the agent: the same process, no fork.

    python runner.py NONCE [--record FILE] [--preload FILE] [--terminate] AGENT [ARGS..]

    --record FILE   keep in FILE what the agent imports; see recording.py
    --preload FILE  import beforehand what such a file says, as far as that is safe; see preloading.py
    --terminate     SIGTERM ends the agent as sys.exit() would, so that atexit runs, unless the agent handles it

Requests are lines on standard input, answers are lines on standard output that begin with \\x1e and the NONCE; any other line there
is output of what was preloaded. Both stop at GO. Values are hex: of the bytes of a path, of UTF-8 else.

    (none, first)                   READY PRELOADED KB NOTE    how many modules, memory in kilobytes (0: unknown), and what kept
                                                               other modules out; "-" for nothing
                                    UNFIT REASON               it ends: nothing may be preloaded here
    CHECK ID PATH..                 ID N OK, ID N ERROR .., ID N GONE, ID N FAILED MESSAGE; see inspector.py
                                    ID DONE
    SURFACE ID PATH..               ID N SURFACE VALUE, or as above; see surface.py
    VERIFY ID                       ID N OK, or ID N STALE REASON: what was loaded is not what an import would find now
                                    ID DONE
    GO NAME=VALUE..                 nothing: it is the agent now, with these variables set ("-" unsets)
    the end of standard input       it ends

An interpreter that is not CPython 3.8 or newer runs the agent as a program of its own at GO; it is never preloaded. So does any,
when the agent cannot be compiled.

The agent is to find what `python AGENT` gives it, see becoming.py, and /dev/null as standard input. So this file, which is
__main__ itself at first, imports nothing and keeps its names here.
"""
import os
import sys

FIRST_NAMES = {name: value for name, value in globals().items() if name not in ("os", "sys")}
"""What every __main__ begins with; differs by version."""
HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    """Another file of ours as a namespace that is in nobody's sys.modules. Its byte code is cached as for an import."""
    loader = sys.modules["_frozen_importlib_external"].SourceFileLoader(name, os.path.join(HERE, name + ".py"))
    module = type(sys)(name)
    module.__dict__.update(__file__=loader.path, load=load)
    exec(loader.get_code(name), module.__dict__)
    return module


class Order:
    """The command line."""

    def __init__(self, words):
        self.nonce = words.pop(0)
        self.record = self.preload = ""
        self.terminate = False
        while words[0].startswith("--"):
            option = words.pop(0)
            if option == "--terminate":
                self.terminate = True
            else:
                setattr(self, option[2:], words.pop(0))
        self.argv = words


class Control:
    """The pipe to mesh-dev, moved away from descriptor 0: whatever is loaded finds /dev/null there, as the agent will."""

    def __init__(self, nonce):
        self.nonce = nonce
        self.handle = os.dup(0)
        self.unread = b""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        reopen_input()

    def say(self, *words):
        data = ("\x1e%s %s\n" % (self.nonce, " ".join(words))).encode("ascii")
        while data:
            data = data[os.write(1, data):]

    def request(self, pastime):
        """The next line in words; none at the end. Until it comes pastime() is called, as long as that says there is more to do."""
        while b"\n" not in self.unread:
            chunk = self.received(pastime)
            if not chunk:
                return []
            self.unread += chunk
        line, _, self.unread = self.unread.partition(b"\n")
        return line.decode("ascii").split(" ")

    def received(self, pastime):
        os.set_blocking(self.handle, False)
        busy = True
        while busy:
            try:
                return os.read(self.handle, 1 << 16)
            except BlockingIOError:
                busy = pastime()
        os.set_blocking(self.handle, True)
        return os.read(self.handle, 1 << 16)

    def close(self):
        os.close(self.handle)


def reopen_input():
    """A stream remembers whether its descriptor could seek: sys.stdin was made for the pipe."""
    old = sys.stdin
    if old is None:
        return
    binary = open(0, "rb", closefd=False)
    binary.raw.name = "<stdin>"
    sys.stdin = sys.__stdin__ = type(old)(binary, encoding=old.encoding, errors=old.errors, newline="\n",
                                          write_through=getattr(old, "write_through", False))
    sys.stdin.mode = "r"


def serve(control, snapshot, work, pastime):
    """Answers until GO, whose variables are returned; None when mesh-dev has gone or wants us no more."""
    while True:
        words = control.request(pastime)
        if not words:
            return None
        if words[0] == "GO":
            return words[1:]
        kind, name, values = words[0], words[1], words[2:]
        if kind == "VERIFY":
            stale = snapshot.stale()
            control.say(name, "0", *(["STALE", work.compiling.encoded(stale)] if stale else ["OK"]))
        for number, value in enumerate(values):
            control.say(name, str(number), work.answer(kind, bytes.fromhex(value)))
        control.say(name, "DONE")


class Work:
    """Answers of sources; what was found out once is not found out again for the same bytes."""

    def __init__(self, silence):
        self.compiling = load("compiling")
        self.codes = self.compiling.Codes(silence)
        self.silence = silence
        self.surfaces = {}
        self.surface = None
        self.tasks = {"CHECK": self.check_of, "SURFACE": self.surface_of}

    def answer(self, kind, path):
        stderr = self.silence()  # a warning is shown when the agent is compiled
        try:
            return self.compiling.answer(self.tasks[kind], path)
        finally:
            stderr.restore()

    def check_of(self, path):
        return self.compiling.source_check(path, self.codes.of)

    def surface_of(self, path):
        self.surface = self.surface or load("surface")
        source = self.compiling.read(path)
        if self.surfaces.get(path, (None, ""))[0] != source:
            self.surfaces[path] = source, self.surface.of(source, os.fsdecode(path))
        return "SURFACE " + self.compiling.encoded(self.surfaces[path][1])


def set_variables(words):
    for word in words:
        name, _, value = word.partition("=")
        name = os.fsdecode(bytes.fromhex(name))
        if value == "-":
            os.environ.pop(name, None)
        else:
            os.environ[name] = os.fsdecode(bytes.fromhex(value))


def prepared(order, control, agent):
    """What to compare with before GO; ends the process when nothing may be preloaded."""
    state = load("freshness")
    if order.preload and is_known_interpreter():
        preloading = load("preloading")
        try:
            count, note, files = preloading.preload(order.preload)
            agent.put_aside(FIRST_NAMES)
        except preloading.Unfit as e:
            control.say("UNFIT", str(e).encode("utf-8", "replace").hex())
            os._exit(0)
    else:
        count, note, files = 0, "", {}
    snapshot = state.Snapshot(files)
    control.say("READY", str(count), str(kilobytes()), note.encode("utf-8", "replace").hex() or "-")
    return snapshot


def kilobytes():
    """What this process holds in memory, where the system tells."""
    try:
        with open("/proc/self/statm", "rb") as status:
            return int(status.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 10
    except OSError:
        return 0


def is_known_interpreter():
    return sys.version_info >= (3, 8) and sys.implementation.name == "cpython"


def main():
    order = Order(sys.argv[1:])
    control = Control(order.nonce)
    becoming = load("becoming")
    agent = becoming.Agent(order.argv, FIRST_NAMES)
    if order.terminate and is_known_interpreter():
        agent.end_on_terminate()
    snapshot = prepared(order, control, agent)
    work = Work(becoming.Stderr)
    shelf = load("reading").Shelf(agent.path, work.codes) if is_known_interpreter() else None
    variables = serve(control, snapshot, work, shelf.read_on if shelf else lambda: False)
    if variables is None:
        os._exit(0)
    control.close()
    set_variables(variables)
    if not is_known_interpreter():
        becoming.run_cold(order.argv)
    if order.preload:
        snapshot.renew_caches(agent.path)
    if shelf:
        shelf.lend()
    if order.record:
        load("recording").begin(order.record, agent.path)
    code = agent.code(work.codes.known)
    del work, shelf, snapshot  # as long as the agent runs, nothing of it is wanted any more
    agent.run(code)


main()
