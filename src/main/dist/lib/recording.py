"""Keeps what an agent imports, for preloading.py: a finder that finds nothing and takes notes.

Every searched name is appended at once, so the notes survive a SIGKILL, and no descriptor is held that an agent might close.
The lines of the file, in the order they came; NS are nanoseconds of the monotonic clock:

    mesh-dev 1 VERSION EXECUTABLE
    at NS STATE                 the next import is written in a file of the project: the process then, see state(); "" as before
    import NS NAME              a module was searched
    source MTIME_NS SIZE PATH   it is this file of the project
"""
import os
import sys

freshness = load("freshness")  # noqa: F821 - given by runner.py
LIMIT = 4 << 20
"""Of the file, in bytes: an agent that imports for ever fills no disk."""
UNWATCHED = ("MCP_MESH_RELOAD_", "MCP_MESH_PREVIOUS_")


def header():
    return "mesh-dev 1 %s %s\n" % (".".join(map(str, sys.version_info[:3])), sys.executable)


def begin(file, agent):
    """Takes notes from now on, the agent's own file first; none when they cannot be written."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            os.write(handle, os.fsencode(header() + source_line(agent)))
        finally:
            os.close(handle)
    except OSError:
        return
    sys.meta_path.insert(0, Recorder(file))


def source_line(path):
    known = freshness.identity(path)
    return "source %d %d %s\n" % (known[0], known[1], os.path.abspath(path)) if known and "\n" not in path else ""


class Recorder:
    def __init__(self, file):
        self.file = file
        self.room = LIMIT
        self.folders = freshness.trusted_folders()
        self.process = Process()
        self.state = ""
        self.clock = sys.modules["time"].monotonic_ns
        self.main = os.getpid()

    def find_spec(self, name, path=None, target=None):
        if self.room > 0 and os.getpid() == self.main:
            try:
                self.note(self.said_of(name, sys._getframe(1)) + self.source(name, path))
            except Exception:  # the disk is full, or an agent has put something in our way; what was not noted is not preloaded
                self.room = 0
        return None

    def said_of(self, name, frame):
        """Lines for a module that is imported. None for one that is only looked for, as importlib.util.find_spec() does."""
        if frame.f_back is None or frame.f_back.f_code.co_name != "_find_and_load_unlocked" or "\n" in name:
            return ""
        now = self.clock()
        text = "import %d %s\n" % (now, name)
        return "at %d %s\n%s" % (now, self.news(), text) if self.is_asked_by_project(frame) else text

    def news(self):
        state = self.process.state()
        if state == self.state:
            return ""
        self.state = state
        return state

    def is_asked_by_project(self, frame):
        while frame is not None and frame.f_code.co_filename.startswith("<frozen importlib"):
            frame = frame.f_back
        return frame is not None and not self.is_trusted(frame.f_code.co_filename)

    def is_trusted(self, file):
        """Modules that Python brings along without a file import too: since 3.11 that is os, ntpath and others."""
        return file.startswith("<frozen ") or freshness.is_trusted(file, self.folders)

    def source(self, name, path):
        """A line for a module of the project. Only its own folders are asked for it, which is what import does next."""
        for entry in freshness.texts(sys.path if path is None else path):
            if not freshness.is_trusted(os.path.join(entry, ""), self.folders):
                stem = os.path.join(entry, name.rpartition(".")[2])
                for candidate in (os.path.join(stem, "__init__.py"), stem + ".py"):
                    line = source_line(candidate)
                    if line:
                        return line
        return ""

    def note(self, text):
        data = text.encode("utf-8", "surrogateescape")
        self.room -= len(data)
        handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            if os.write(handle, data) < len(data):
                self.room = 0  # nothing may follow half a line
        finally:
            os.close(handle)


class Process:
    """What of a process an import may find changed."""

    def __init__(self):
        self.environment = dict(os.environ)

    def state(self):
        """As words without blanks inside, NAME=VALUE; values of variables are not among them."""
        modules = sys.modules
        threads = modules["_thread"]._count()
        said = {"environment": ",".join(sorted(self.changed_variables())), "folder": self.folder(),
                "sys.path": "|".join(map(str, sys.path)), "recursion": sys.getrecursionlimit(),
                "streams": type(sys.stdout).__name__ + "," + type(sys.stderr).__name__,
                "threads": threads, "signals": self.signals()}
        if "logging" in modules and hasattr(modules["logging"], "root"):
            root = modules["logging"].root
            said["logging"] = "%d,%s" % (root.level, ",".join(type(handler).__name__ for handler in root.handlers))
        if "warnings" in modules:
            said["warnings"] = ",".join("%s:%s" % (one[0], one[2].__name__) for one in modules["warnings"].filters)
        if "_locale" in modules:
            said["locale"] = modules["_locale"].setlocale(modules["_locale"].LC_ALL)
        if "socket" in modules and hasattr(modules["socket"], "socket"):
            said["socket"] = modules["socket"].socket.__module__
        if "matplotlib" in modules and hasattr(modules["matplotlib"], "rcParams"):
            said["matplotlib"] = str(dict.get(modules["matplotlib"].rcParams, "backend"))
        return " ".join("%s=%s" % (name, str(value).replace(" ", "%20").replace("\n", "%0A")) for name, value in said.items())

    def changed_variables(self):
        now = dict(os.environ)
        return {name for name in set(now) | set(self.environment)
                if now.get(name) != self.environment.get(name) and not name.startswith(UNWATCHED)}

    def folder(self):
        try:
            return os.getcwd()
        except OSError:
            return "gone"

    def signals(self):
        signals = sys.modules.get("_signal")
        if signals is None:
            return ""
        return ",".join(str(getattr(signals.getsignal(number), "__qualname__", signals.getsignal(number)))
                        for number in (signals.SIGINT, signals.SIGTERM))
