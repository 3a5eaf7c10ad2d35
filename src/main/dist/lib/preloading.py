"""Imports what the last run of an agent imported, as far as that cannot be told from importing it then.

Only what comes from the standard library or an installed package; only up to the first import before which the agent
had changed the process; nothing at all where a module must not meet another life than the one it was imported in.
"""
import os
import sys

freshness = load("freshness")  # noqa: F821 - given by runner.py
recording = load("recording")  # noqa: F821

DENIED = {"gevent", "eventlet", "mpi4py", "debugpy", "pydevd", "ddtrace", "newrelic", "jpype", "jnius"}
"""They patch the process, or begin something with it, when they are imported."""
WORDS = {"folder": "the working folder", "recursion": "the recursion limit", "streams": "sys.stdout or sys.stderr",
         "threads": "which threads run", "signals": "how signals are handled", "logging": "the root logger",
         "warnings": "the warnings filters", "locale": "the locale", "socket": "socket.socket",
         "matplotlib": "the backend of matplotlib"}
SOCKET, FILE_TYPE = 0o140000, 0o170000


class Unfit(Exception):
    """Nothing may be preloaded; the text says why."""


class Guard:
    """The first finder of all: whatever a preloaded module imports in its turn must be nobody's project either."""

    def __init__(self, folders):
        self.folders = folders
        self.strange = ""
        self.seen = set()
        self.files = {}

    def find_spec(self, name, path=None, target=None):
        self.seen.add(name)
        for finder in others(self):
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                if not self.is_trusted(spec):
                    self.strange = self.strange or name
                    raise ImportError("%s belongs to the project" % name)
                if spec.has_location:
                    self.files[spec.origin] = freshness.identity(spec.origin)  # before it is read
                return spec
        return None

    def is_trusted(self, spec):
        if spec.origin in ("built-in", "frozen"):
            return True
        places = [spec.origin] if spec.has_location else list(spec.submodule_search_locations or [maker(spec.loader)])
        return all(freshness.is_trusted(os.path.join(os.path.abspath(place), ""), self.folders) for place in places)


def maker(loader):
    """Where a loader comes from that makes modules out of nothing, as six does."""
    return getattr(sys.modules.get(type(loader).__module__), "__file__", None) or ""


def others(guard):
    """The other finders that can find; some are older than find_spec()."""
    return [finder for finder in sys.meta_path if finder is not guard and hasattr(finder, "find_spec")]


def preload(file):
    """How many modules were loaded, what kept others out, and the files they are in, as they were then. Raises Unfit."""
    lines = read(file)
    names = [line[2] for line in lines if line[0] == "import"]
    denied = sorted({name.partition(".")[0] for name in names} & DENIED)
    if denied:
        raise Unfit("%s must be imported in the process that uses it" % denied[0])
    guard = Guard(freshness.trusted_folders())
    process = recording.Process()
    before = len(sys.modules)
    open_files = sockets()
    sys.meta_path.insert(0, guard)
    try:
        note = load_all(lines, guard, process)
    finally:
        sys.meta_path.remove(guard)
    if guard.strange:
        raise Unfit("an installed package imports %s of the project" % guard.strange)
    held = holds(open_files)
    if held:
        raise Unfit("what is imported holds " + held)
    return len(sys.modules) - before, note, guard.files


def read(file):
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as notes:
            if notes.readline() != recording.header():
                raise Unfit("what is known of its imports is of another Python")
            return [line.rstrip("\n").split(" ", 2) for line in notes if line.endswith("\n") and line.count(" ") >= 2]
    except OSError:
        raise Unfit("nothing is known of its imports")


def load_all(lines, guard, process):
    wanted, asked = "", False
    for kind, _, text in lines:
        if kind == "at":
            wanted, asked = text or wanted, True
        elif kind == "import":
            changed = difference(wanted, process.state()) if asked else ""
            if changed:
                return "not %s and what follows: before it, the agent changes %s" % (text, changed)
            asked = False
            if text not in sys.modules and text not in guard.seen and is_importable(text, guard):
                load_one(text, guard)
        if guard.strange:
            break
    return ""


def difference(one, other):
    """What of the process is another; said as for users."""
    ours, theirs = (dict(word.partition("=")[::2] for word in state.split(" ")) for state in (one, other))
    for name in ours:
        if ours[name] != theirs.get(name, ""):
            added = set(ours[name].split(",")) - set(theirs.get(name, "").split(","))
            return "os.environ (%s)" % ",".join(sorted(added)) if name == "environment" else WORDS.get(name, name)
    return ""


def is_importable(name, guard):
    """Whether it would be found where it may come from; a module of the project is left to the agent."""
    parent = name.rpartition(".")[0]
    if parent and parent not in sys.modules:
        return False
    path = getattr(sys.modules[parent], "__path__", None) if parent else None
    if parent and path is None:
        return False
    for finder in others(guard):
        try:
            spec = finder.find_spec(name, path)
        except (ImportError, AttributeError, ValueError):
            return False
        if spec is not None:
            return guard.is_trusted(spec)
    return False


def load_one(name, guard):
    try:
        __import__(name)
    except ImportError:
        pass  # as in the run that was recorded, where somebody was prepared for it
    except (Exception, SystemExit) as e:  # the agent will meet it too, and may handle it; but what it leaves behind is not known
        if not guard.strange:
            raise Unfit("importing %s failed: %s: %s" % (name, type(e).__name__, e))
    if "__warningregistry__" in globals():
        raise Unfit("%s warns whoever imports it" % name)


def sockets():
    """The descriptors that are sockets."""
    found = set()
    for handle in range(3, 256):
        try:
            if os.fstat(handle).st_mode & FILE_TYPE == SOCKET:
                found.add(handle)
        except OSError:
            pass
    return found


def holds(known):
    """What a module began that cannot wait; an empty text for nothing."""
    if sockets() - known:
        return "a socket"
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return "a child process"
    except ChildProcessError:
        pass
    return "a file lock" if has_lock() else ""


def has_lock():
    try:
        with open("/proc/locks", "rb") as locks:
            own = b" %d " % os.getpid()
            return any(own in line for line in locks)
    except OSError:
        return False
