"""A dict that outlives the process: state["visits"] = 3, state.incr("visits").

With MCP_MESH_PRESERVE_STATE=true and MCP_MESH_STATE_DIR, which mesh-dev sets under preserve_state, it is kept in
state.json of that folder; without them it is a plain dict in memory. Keys are strings, values are JSON: tuples come back
as lists. Each change of the dict itself is on disk when it returns; a change inside a value (state["seen"].append(1)) is
with the next one, with state.save(), or at a normal exit. The process that used it first writes; forked children and
other processes have copies of their own.

The file is replaced, never rewritten, so a kill at any moment leaves the old state or the new one. It is not forced to
the platter: a kill cannot take what the system has, and waiting for the disk would cost each change milliseconds.
"""
import _thread
import atexit
import os
import sys
from _collections_abc import MutableMapping  # as os does; the public name loads all of collections, which costs 3 ms

VERSION = 1
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
_NEVER = object()
_MISSING = object()


def _say(text):
    """One line, and never a failure: nobody may read standard error."""
    try:
        sys.stderr.write("mesh_dev.state: %s\n" % text)
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        pass


def _reason(error):
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


class _Store:
    """Where a state is kept, by the one process that may write it; nothing is imported or opened before it is made."""

    def __init__(self, folder):
        self.path = os.path.join(os.path.abspath(folder), "state.json")
        self.depth = 0
        self.trouble = False
        self.forked = False
        self.pid = os.getpid()
        self.lock = None
        self.writable = self._is_first()

    def _is_first(self):
        """A lock of the process: it ends with it, however that ends, and forked children do not have it."""
        try:
            import fcntl
            self._make_folder()
            self.lock = os.open(self.path[:-len("json")] + "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except (ImportError, OSError):
            return True  # nothing can be locked here; if nothing can be written either, that is said then
        try:
            fcntl.lockf(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            _say("another process writes %s; what this one (pid %d) changes is kept in memory only" % (self.path, self.pid))
            return False
        except OSError:
            pass  # a file system without locks
        return True

    def _make_folder(self):
        os.makedirs(os.path.dirname(self.path), 0o700, exist_ok=True)

    def read(self):
        """What was kept. A file that holds no state is moved aside; one that cannot be read just now is left alone."""
        import json
        try:
            return self._parse(json, self._bytes())
        except FileNotFoundError:
            return {}
        except NotADirectoryError:
            return {}  # writing says so
        except (PermissionError, ValueError, RecursionError) as e:
            self._set_aside(e)
        except (OSError, MemoryError) as e:
            self.writable = False
            _say("%s can't be read: %s; it is left alone, and this run keeps its state in memory only" % (self.path, _reason(e)))
        return {}

    def _bytes(self):
        """Opened without waiting: what is not a file (a pipe, a folder) is no state."""
        handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            if os.fstat(handle).st_mode & 0o170000 != 0o100000:
                raise ValueError("is not a file")
            with open(handle, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(handle)

    @staticmethod
    def _parse(json, data):
        kept = json.loads(data.decode("utf-8"))
        if not isinstance(kept, dict) or not isinstance(kept.get("state"), dict):
            raise ValueError("holds no state")
        if kept.get("version") != VERSION:
            raise ValueError("is of version %.20r, this mesh-dev reads version %d" % (kept.get("version"), VERSION))
        return kept["state"]

    def _set_aside(self, error):
        if not self.writable:
            return
        bad = self.path + ".bad"
        try:
            os.replace(self.path, bad)
            _say("the state can't be used: %s; it is set aside as %s, and the agent starts with an empty one"
                 % (_reason(error), bad))
        except OSError as e:
            self.writable = False
            _say("%s can't be used: %s; it can't be set aside either: %s; this run keeps its state in memory only"
                 % (self.path, _reason(error), _reason(e)))

    def may_write(self):
        if self.pid == os.getpid():
            return self.writable
        if not self.forked:
            self.forked = True
            _say("a forked process (pid %d) has a copy of the state; what it changes is not kept" % os.getpid())
        return False

    def write(self, text):
        """False when it could not be written, which is said once."""
        self.depth += 1  # a signal handler may change the state in the middle of this
        try:
            self._replace(b'{"version": %d, "state": %s}\n' % (VERSION, text.encode("ascii")))
            return True
        except OSError as e:
            if not self.trouble:
                self.trouble = True
                _say("%s can't be written: %s; until it can, the state is kept in memory only" % (self.path, _reason(e)))
            return False
        finally:
            self.depth -= 1

    def _replace(self, data):
        draft = "%s.tmp%d" % (self.path, self.depth)
        try:
            with open(self._create(draft), "wb") as file:
                file.write(data)
            os.replace(draft, self.path)
        except OSError:
            self._forget(draft)
            raise

    def _create(self, draft):
        """A new file that only its owner reads; what a kill left of an earlier one, or a link, is removed first."""
        try:
            return os.open(draft, _NEW, 0o600)
        except FileNotFoundError:
            self._make_folder()
        except FileExistsError:
            self._forget(draft)
        return os.open(draft, _NEW, 0o600)

    @staticmethod
    def _forget(draft):
        try:
            os.unlink(draft)
        except OSError:
            pass


class State(MutableMapping):
    """The dict. A change replaces its content as a whole, so readers and iterators of other threads need no lock."""

    def __init__(self):
        self._lock = _thread.RLock()
        self._data = None
        self._store = None
        self._written = _NEVER  # the hash of what is on disk
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)
        atexit.register(self._at_exit)

    def _forked(self):
        self._lock = _thread.RLock()  # a thread that is not here may have had it

    def _content(self):
        if self._data is None:
            with self._lock:
                if self._data is None:
                    self._load()
        return self._data

    def _load(self):
        """At the first use and not at the import: what is imported ahead of its time must not read."""
        folder = os.environ.get("MCP_MESH_STATE_DIR", "")
        wanted = os.environ.get("MCP_MESH_PRESERVE_STATE", "").lower() in ("true", "1", "yes", "on")
        if not wanted or not folder:
            self._data = {}
            return
        store = _Store(folder)
        data = store.read()
        text = _encoded(data)
        if self._data is None:  # no signal handler was faster
            self._written = hash(text)
            self._store = store
            self._data = data

    def _change(self, change, *changed):
        """Applies a change to a copy, which takes the place of the content when it can be kept; returns its answer."""
        with self._lock:
            while True:
                before = self._content()
                after = dict(before)
                answer = change(after)
                for key in changed:
                    _check(key, after[key])
                text = _encoded(after) if self._store and self._store.may_write() else None
                if self._data is before:  # no signal handler was faster
                    self._data = after
                    self._write(text)
                    return answer

    def _write(self, text):
        while text is not None and hash(text) != self._written:
            kept = hash(text)
            if not self._store.write(text):
                return
            self._written = kept
            text = _encoded(self._data)

    def save(self):
        """Writes what changed inside the values. Raises TypeError, naming the key, when one of them is not JSON."""
        with self._lock:
            data = self._content()
            for key in data:
                _check(key, data[key])
            if self._store and self._store.may_write():
                self._write(_encoded(data))

    def _at_exit(self):
        if self._store is None or self._store.pid != os.getpid():
            return
        try:
            self.save()
        except TypeError as e:
            _say("%s; what changed inside values since the last assignment is not kept" % e)

    def incr(self, key, by=1):
        """Adds to a number, 0 when there is none, and returns the sum; no other thread comes in between."""
        def add(data):
            data[key] = data.get(key, 0) + by
            return data[key]
        return self._change(add, key)

    def __getitem__(self, key):
        return self._content()[key]

    def __setitem__(self, key, value):
        self._change(lambda data: data.__setitem__(key, value), key)

    def __delitem__(self, key):
        self._change(lambda data: data.__delitem__(key))

    def __iter__(self):
        return iter(self._content())

    def __reversed__(self):
        return reversed(list(self._content()))

    def __len__(self):
        return len(self._content())

    def __contains__(self, key):
        return key in self._content()

    def __repr__(self):
        return "mesh_dev.state(%r)" % (self._content(),)

    def __reduce__(self):
        return dict, (dict(self._content()),)

    def copy(self):
        """A plain dict with the same content."""
        return dict(self._content())

    def pop(self, key, default=_MISSING):
        return self._change(lambda data: data.pop(key) if default is _MISSING else data.pop(key, default))

    def popitem(self):
        return self._change(lambda data: data.popitem())

    def clear(self):
        self._change(lambda data: data.clear())

    def setdefault(self, key, default=None):
        return self._change(lambda data: data.setdefault(key, default), key)

    def update(self, *others, **more):
        """All of it or, when something in it is not JSON, nothing."""
        new = dict(*others, **more)
        self._change(lambda data: data.update(new), *new)

    def __or__(self, other):
        return self._joined(self, other)

    def __ror__(self, other):
        return self._joined(other, self)

    @staticmethod
    def _joined(first, second):
        if not isinstance(first, (dict, State)) or not isinstance(second, (dict, State)):
            return NotImplemented
        joined = dict(first)
        joined.update(second)
        return joined

    def __ior__(self, other):
        self.update(other)
        return self


def _encoded(data):
    """All of it as JSON. Raises TypeError, naming the key whose value is none."""
    import json
    try:
        return json.dumps(data)
    except (TypeError, ValueError, RecursionError):
        for key in data:
            _check(key, data[key])
        raise


def _check(key, value):
    """Raises TypeError unless the value comes back from JSON as it is, tuples apart."""
    import json
    if not isinstance(key, str):
        raise TypeError("keys of the state are strings, not %s: %.80r" % (type(key).__name__, key))
    try:
        same = bool(json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError, RecursionError) as e:
        raise TypeError("state[%.80r] can't be kept: %s" % (key, e)) from None
    if not same:
        _check_keys(key, value)


def _check_keys(key, value):
    if isinstance(value, dict):
        for inner in value:
            if not isinstance(inner, str):
                raise TypeError("state[%.80r] can't be kept: the key %.80r inside it is no string, and would come back as one"
                                % (key, inner))
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    for each in value:
        _check_keys(key, each)


state = State()
